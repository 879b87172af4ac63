/**
 * Finished logs as read-only files of the scheme cosmos-log: "/<job>/<attempt>/<name>.cosmos-log". This is a file
 * system and not a content provider, because only for a file system does VS Code start the extension when a restored
 * window contains such an editor.
 */
import * as l10n from '@vscode/l10n';
import { Disposable, FileType, type Uri, workspace } from 'vscode';
import type { Bridge } from '../bridge.js';
import { isHere } from '../host-kinds.js';
import { documentUri, serveFiles } from '../shown/documents.js';
import { plain } from '../shown/inert.js';
import { SingleFiles } from '../single-files.js';
import {
  type AttemptKey,
  attemptName,
  endingOf,
  findAttempt,
  headOf,
  hostOf,
  type JobFacts,
  videoOf,
} from './attempts.js';
import { type LogText, readLogText } from './document-text.js';
import { type RunPlaces, type Shortened, shortenPaths } from './run-paths.js';
import { SteadyLink } from './steady-link.js';

const SCHEME = 'cosmos-log';

/** The URI for an ended attempt; `name` is the name of its job. */
export function logUri({ job, attempt }: AttemptKey, name: string): Uri {
  return documentUri(SCHEME, `/${job}/${attempt}`, `${attemptName(name, attempt)}.cosmos-log`);
}

function keyOf(uri: Uri): AttemptKey {
  const [, job = '', attempt = ''] = uri.path.split('/');
  return { job, attempt: Number(attempt) };
}

/** The short paths of the open logs, by the URI of the document. */
export type ShortPaths = Pick<ReadonlyMap<string, readonly Shortened[]>, 'get'>;

/** @returns the text with the short paths. */
export function registerLogFiles(bridge: Bridge): Disposable & { readonly shortPaths: ShortPaths } {
  const closing = new AbortController();
  const shortPaths = new Map<string, readonly Shortened[]>();
  const files = new LogFiles(bridge, shortPaths, closing.signal);
  const registered = Disposable.from(
    serveFiles(SCHEME, files, { isReadonly: true, isCaseSensitive: true }),
    workspace.onDidCloseTextDocument(({ uri }) => shortPaths.delete(uri.toString())),
    new Disposable(() => closing.abort()),
  );
  return Object.assign(registered, { shortPaths });
}

class LogFiles extends SingleFiles {
  private readonly steady: SteadyLink;

  constructor(
    private readonly bridge: Bridge,
    private readonly shortPaths: Map<string, readonly Shortened[]>,
    closing: AbortSignal,
  ) {
    super();
    this.steady = new SteadyLink(bridge.link, closing);
  }

  /** A finished log does not change, so its size and times are constant. */
  stat() {
    return { type: FileType.File, ctime: 0, mtime: 0, size: 0 };
  }

  /** Waits for a connection, because a restored window opens its editors before there is one. */
  async readFile(uri: Uri): Promise<Uint8Array> {
    const key = keyOf(uri);
    const facts = await this.steady.call('job.get', { id: key.job });
    const log = await readLogText(this.steady, key);
    const whole = `${this.heading(facts, key)}${asWritten(log, key)}\n\n${log.text}`;
    const places = this.placesOf(facts, key, log);
    const { text, shortened } = shortenPaths(whole, places);
    this.shortPaths.set(uri.toString(), [...videoIn(text, places.video), ...shortened]);
    return Buffer.from(text);
  }

  private heading(facts: JobFacts, { attempt: number }: AttemptKey): string {
    const attempt = findAttempt(facts, number);
    const head = plain(headOf(facts, this.bridge.store, number), 600);
    return attempt === undefined ? `${head}\n` : `${head}\n${plain(endingOf(facts, attempt), 1000)}\n`;
  }

  private placesOf(facts: JobFacts, { job, attempt: number }: AttemptKey, { run, file }: LogText): RunPlaces {
    const attempt = findAttempt(facts, number);
    const video = attempt && videoOf(facts, attempt);
    const host = this.bridge.store.hosts.get(hostOf(facts, this.bridge.store, number));
    const isLocal = host !== undefined && isHere(host);
    return { run, job, file, isLocal, ...(video !== undefined && { video: plain(video, 1000) }) };
  }
}

/** The video in the heading, so that it can be opened from there. */
function videoIn(text: string, video: string | undefined): Shortened[] {
  const [, ending = ''] = text.split('\n', 2);
  if (video === undefined || !ending.endsWith(video)) return [];
  return [{ line: 1, from: ending.length - video.length, length: video.length, whole: video }];
}

/** Short paths and folded bars leave details out. This line says where they can be read. */
function asWritten({ leftOut: bytes, file }: LogText, { job, attempt }: AttemptKey): string {
  const command = `cosmos logs ${job} --attempt ${attempt}`;
  const where = l10n.t('As it was written: {0}, or the command {1}', file, command);
  if (bytes === 0) return where;
  return `${l10n.t('The first {0} MB are left out here.', (bytes / 1e6).toFixed(1))} ${where}`;
}
