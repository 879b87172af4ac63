/**
 * Finished logs as read-only files of the scheme cosmos-log: "/<job>/<attempt>/<name>.cosmos-log". A file system, and
 * not a content provider, because VS Code wakes the extension for it when a window comes back with such an editor.
 */
import * as l10n from '@vscode/l10n';
import { Disposable, FileType, type Uri } from 'vscode';
import type { Bridge } from '../bridge.js';
import { documentUri, serveFiles } from '../shown/documents.js';
import { plain } from '../shown/inert.js';
import { SingleFiles } from '../single-files.js';
import { attemptName, endingOf, findAttempt, hostOf, type JobFacts } from './attempts.js';
import { type LogText, readLogText } from './document-text.js';
import { SteadyLink } from './steady-link.js';
import type { AttemptKey } from './stream.js';

const SCHEME = 'cosmos-log';

/** Of an attempt that has ended; `name` is its job's. */
export function logUri({ job, attempt }: AttemptKey, name: string): Uri {
  return documentUri(SCHEME, `/${job}/${attempt}`, `${attemptName(name, attempt)}.cosmos-log`);
}

function keyOf(uri: Uri): AttemptKey {
  const [, job = '', attempt = ''] = uri.path.split('/');
  return { job, attempt: Number(attempt) };
}

export function registerLogFiles(bridge: Bridge): Disposable {
  const closing = new AbortController();
  const files = new LogFiles(bridge, closing.signal);
  return Disposable.from(
    serveFiles(SCHEME, files, { isReadonly: true, isCaseSensitive: true }),
    new Disposable(() => closing.abort()),
  );
}

class LogFiles extends SingleFiles {
  private readonly steady: SteadyLink;

  constructor(
    private readonly bridge: Bridge,
    closing: AbortSignal,
  ) {
    super();
    this.steady = new SteadyLink(bridge.link, closing);
  }

  /** What has ended changes no more, so its size and times say nothing. */
  stat() {
    return { type: FileType.File, ctime: 0, mtime: 0, size: 0 };
  }

  /** Waits for the daemon where it is not connected yet: a window that comes back opens its editors first. */
  async readFile(uri: Uri): Promise<Uint8Array> {
    const key = keyOf(uri);
    const facts = await this.steady.call('job.get', { id: key.job });
    const log = await readLogText(this.steady, key);
    return Buffer.from(`${this.heading(facts, key)}${leftOut(log)}\n${log.text}`);
  }

  private heading(facts: JobFacts, { attempt: number }: AttemptKey): string {
    const attempt = findAttempt(facts, number);
    const words = [facts.job.name, hostOf(facts, this.bridge.store, number), l10n.t('attempt {0}', number)];
    if (attempt?.startedAt) words.push(attempt.startedAt);
    const ending = attempt === undefined ? '' : `${plain(endingOf(facts, attempt), 1000)}\n`;
    return `${words.map((word) => plain(word)).join(' · ')}\n${ending}`;
  }
}

function leftOut({ leftOut: bytes, file }: LogText): string {
  if (bytes === 0) return '';
  const megabytes = (bytes / 1e6).toFixed(1);
  return `${l10n.t('The first {0} MB are left out here. The log begins in {1}', megabytes, file)}\n`;
}
