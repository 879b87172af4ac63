/**
 * Clips that were sent while no daemon ran, one file for each. An entry is removed once its jobs are in the queue. A
 * daemon that dies in between reads the entry again, and its idempotency key gives the same jobs. The entry of a clip
 * that is not ready stays until the clip is.
 */
import type { Clip, Job, Params, Watch } from '../../schemas/index.js';
import { FULL_DISK, pauseAfter } from '../back-off.js';
import type { Clock } from '../clock.js';
import { CosmosError, toCosmosError } from '../errors.js';
import type { Logger } from '../log.js';
import { autoSender } from './clip-ready.js';
import { outdated, readSpool, removeSpooled, SPOOL_ENDING, type SpooledEntry, setAside } from './spool-file.js';

export interface SpoolDeps {
  readonly folder: string;
  readonly folders: {
    register(path: string): Promise<Clip>;
    list(): Watch[];
    onReady(listener: () => void): () => void;
  };
  readonly submit: (params: Params<'job.submit'>) => Promise<Job[]>;
  readonly wasSubmitted: (idempotencyKey: string) => boolean;
  readonly watchFiles: (
    folder: string,
    ending: string,
    listener: { changed(): void; failed(error: Error): void },
  ) => Promise<{ close(): Promise<void> }>;
  readonly clock: Clock;
  readonly log: Logger;
}

export class Spool {
  private tail: Promise<void> = Promise.resolve();
  private isAsked = false;
  private cancelLate = () => {};
  private stopListening: () => void = () => {};
  private files: { close(): Promise<void> } | undefined;
  private isClosed = false;

  constructor(private readonly deps: SpoolDeps) {}

  /** Sends the entries that are there, and from now on every new one. */
  async start(): Promise<void> {
    const { folder, folders, log, watchFiles } = this.deps;
    if (this.isClosed) return; // the daemon was stopped while it still listed its folders
    this.stopListening = folders.onReady(() => this.take()); // an entry may wait for this clip
    this.files = await watchFiles(folder, SPOOL_ENDING, {
      changed: () => this.take(),
      failed: (error) => log.error({ err: error, folder }, 'clips that are sent later are seen at the next start only'),
    });
    if (this.isClosed) await this.files.close();
    else this.take();
    await this.tail;
  }

  /** Resolves when no entry is being sent. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.stopListening();
    this.cancelLate();
    await this.files?.close();
    await this.tail;
    this.cancelLate();
  }

  /** Reads the folder again after the reading in flight; several calls before that cause one reading. */
  private take(): void {
    if (this.isAsked || this.isClosed) return;
    this.isAsked = true;
    this.tail = this.tail.then(async () => {
      this.isAsked = false;
      await this.sendAll().catch((error) => this.deps.log.error({ err: error }, 'the spool could not be read'));
    });
  }

  private async sendAll(): Promise<void> {
    const entries: SpooledEntry[] = [];
    for (const { file, entry } of await readSpool(this.deps.folder)) {
      if (entry instanceof CosmosError) await this.refuse(file, entry);
      else entries.push({ file, entry });
    }
    const old = outdated(entries);
    for (const { file } of old) await removeSpooled(file);
    for (const one of entries) if (!old.includes(one)) await this.sendOrKeep(one);
  }

  private async sendOrKeep(one: SpooledEntry): Promise<void> {
    try {
      await this.send(one);
      await removeSpooled(one.file);
    } catch (thrown) {
      await this.judge(one, toCosmosError(thrown));
    }
  }

  private async send({ entry }: SpooledEntry): Promise<void> {
    const { folders, log, submit, wasSubmitted } = this.deps;
    const { key, path, options, unattended = false } = entry;
    if (wasSubmitted(key)) return;
    const clip = await folders.register(path);
    if (unattended && autoSender(clip, folders.list()) !== undefined) return; // its watched folder sends it
    if (entry.render !== undefined && clip.state === 'ready' && !clip.manifest?.renders?.includes(entry.render)) {
      log.info({ clip: clip.id, path }, 'a render that was waited for was given up, or was sent by a person');
      return;
    }
    const jobs = await submit({ targets: [clip.id], options, idempotencyKey: key, unattended });
    log.info({ clip: clip.id, jobs: jobs.map(({ id }) => id) }, 'a clip that waited for the daemon was sent');
  }

  private async judge({ file, entry }: SpooledEntry, error: CosmosError): Promise<void> {
    const { clock, log } = this.deps;
    switch (error.code) {
      case 'clip_not_ready':
        return log.info({ path: entry.path }, `a clip that waited for the daemon waits on: ${error.message}`);
      case 'no_space_here':
        this.cancelLate();
        this.cancelLate = clock.after(pauseAfter(1, FULL_DISK), () => this.take());
        return log.error({ err: error }, 'a clip that waited for the daemon waits until there is room on the disk');
      default:
        return this.refuse(file, error);
    }
  }

  private async refuse(file: string, error: CosmosError): Promise<void> {
    const kept = await setAside(file);
    const message = `A clip that waited for the daemon was not sent: ${error.message} Its entry was set aside as ${kept}.`;
    this.deps.log.warn({ err: error, file: kept }, message);
  }
}
