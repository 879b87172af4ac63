/**
 * The spec of a waiting job as an editable document. Saving it edits the job. If the job has started meanwhile, the
 * save fails, and the changes can be sent as a new job instead.
 */
import * as l10n from '@vscode/l10n';
import { commands, Disposable, FileChangeType, type FileStat, FileType, type Uri, workspace } from 'vscode';
import type { JobOptions } from '../../../schemas/index.js';
import type { Job } from '../../../schemas/received.js';
import { isObject, type SpecObject } from '../../../schemas/spec/dialect.js';
import type { Bridge } from '../bridge.js';
import { Problem } from '../problem.js';
import { showProblem } from '../show-problem.js';
import { notAllowed, notFound, serveFiles, unavailable } from '../shown/documents.js';
import { warn } from '../shown/messages.js';
import { SingleFiles } from '../single-files.js';
import { can } from '../views/queue/job-context.js';
import { jobChanges } from './job-changes.js';
import { JOB_SCHEME, jobIdOf, jobUri } from './job-uri.js';

/** A job's spec as it was last read or written by this window. */
interface Version {
  readonly text: string;
  /** The settings of the job then. If they differ now, another client has edited the job. */
  readonly settings: string;
  /** Milliseconds. It grows with each change of the text; by it VS Code notices edits of others. */
  readonly mtime: number;
}

export class JobSpecs extends SingleFiles {
  private readonly versions = new Map<string, Version>();
  private readonly parts: Disposable;

  constructor(private readonly bridge: Bridge) {
    super();
    this.parts = Disposable.from(
      this.changed,
      serveFiles(JOB_SCHEME, this, { isCaseSensitive: true }),
      new Disposable(bridge.store.onChange((change) => change.kind === 'job' && this.hear(change.id))),
    );
  }

  dispose(): void {
    this.parts.dispose();
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { text, mtime } = await this.current(uri);
    return { type: FileType.File, ctime: 0, mtime, size: Buffer.byteLength(text) };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    return Buffer.from((await this.current(uri)).text);
  }

  override async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
    const text = textIn(content);
    const { id, fence } = await this.settled(uri);
    const before = await this.current(uri);
    const options = jobChanges(specIn(before.text), specIn(text));
    if (Object.keys(options).length === 0) {
      this.keep(text, this.jobAt(uri));
      return;
    }
    if (!workspace.isTrusted) throw notAllowed(l10n.t('This workspace is not trusted.'));
    try {
      const { job } = await this.bridge.link.call('job.edit', { id, options, fence });
      this.keep(text, job);
    } catch (error) {
      throw this.refusal(error, id, options);
    }
  }

  /** Waits while the job is being prepared, because it cannot be edited during that. */
  private async settled(uri: Uri): Promise<Job> {
    const { store } = this.bridge;
    while (this.jobAt(uri).state === 'preparing') {
      await new Promise<void>((resolve) => {
        const stop = store.onChange(() => {
          stop();
          resolve();
        });
      });
    }
    return this.jobAt(uri);
  }

  private refusal(error: unknown, id: string, options: JobOptions): unknown {
    if (!(error instanceof Problem)) return error;
    if (error.code === 'job_moved') {
      return unavailable(l10n.t('The job was changed meanwhile. Save again to see the difference.'));
    }
    if (error.code !== 'wrong_state') return error;
    void this.offerVariation(id, options);
    return notAllowed(l10n.t('The job has started: its spec can no longer be changed.'));
  }

  private async current(uri: Uri): Promise<Version> {
    const job = this.jobAt(uri);
    const known = this.versions.get(job.id);
    if (known !== undefined && (known.settings === settingsOf(job) || !can(job, 'movable'))) return known;
    const { text } = await this.bridge.link.call('job.compile', { id: job.id });
    this.keep(text, job);
    return this.versions.get(job.id) ?? { text, settings: settingsOf(job), mtime: 0 };
  }

  private keep(text: string, job: Job): void {
    const known = this.versions.get(job.id);
    const same = known?.text === text;
    const mtime = same ? known.mtime : Math.max(this.bridge.now(), (known?.mtime ?? 0) + 1);
    this.versions.set(job.id, { text, settings: settingsOf(job), mtime });
  }

  /**
   * Another client may have edited the job: an unchanged document is read again, and VS Code warns before a changed one
   * overwrites it.
   */
  private hear(id: string): void {
    const job = this.bridge.store.jobs.get(id);
    const known = this.versions.get(id);
    if (job === undefined || known === undefined || known.settings === settingsOf(job)) return;
    this.changed.fire([{ type: FileChangeType.Changed, uri: jobUri(job) }]);
  }

  private jobAt(uri: Uri): Job {
    const job = this.bridge.store.jobs.get(jobIdOf(uri) ?? '');
    if (job === undefined) throw notFound(l10n.t('This job is not known any more.'));
    return job;
  }

  private async offerVariation(id: string, options: JobOptions): Promise<void> {
    const message = l10n.t('The job has started before your change reached it.');
    const queue = l10n.t('Queue as a Variation');
    if ((await warn(message, queue)) !== queue) return;
    try {
      const { jobs } = await this.bridge.link.call('job.clone', { ids: [id], options });
      await commands.executeCommand('cosmos.job.reveal', jobs[0]?.id);
    } catch (error) {
      await showProblem(this.bridge, error);
    }
  }
}

function settingsOf({ settings }: Job): string {
  return JSON.stringify(settings);
}

/** @throws FileSystemError if the editor saves in another encoding, which would lose letters. */
function textIn(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw unavailable(l10n.t('This is not saved as UTF-8; the job stays as it was.'));
  }
}

/** @throws FileSystemError if the text is not a JSON object, because it cannot be a spec. */
function specIn(text: string): SpecObject {
  try {
    const spec: unknown = JSON.parse(text);
    if (isObject(spec)) return spec;
  } catch {
    // reported below in a sentence
  }
  throw unavailable(l10n.t('This is no JSON object; the job stays as it was.'));
}
