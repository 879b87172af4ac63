/** Follows jobs until a condition holds for all of them; a daemon that goes away is found or started again. */
import type { DaemonClient } from '../../client/daemon-client.js';
import { hear, subscribe } from '../../client/hear.js';
import type { Job, Progress } from '../../schemas/received.js';
import { CosmosError } from '../errors.js';

/** The view that shows the progress. */
export interface Watcher {
  job(job: Job): void;
  progress(progress: Progress): void;
  note(text: string): void;
}

export interface WaitOptions {
  readonly connect: () => Promise<DaemonClient>;
  readonly watcher: Watcher;
}

/** Connections that may break one after another, without an event between them, before the wait gives up. */
const TRIES = 5;

export class JobWait {
  private readonly jobs: Map<string, Job>;
  /** Number of the last event received; a new connection continues after it. */
  private seq: number | undefined;
  private tries = 0;
  private check = () => {};

  constructor(
    jobs: readonly Job[],
    private readonly options: WaitOptions,
  ) {
    this.jobs = new Map(jobs.map((job) => [job.id, job]));
  }

  /** Resolves with the jobs, in the order given, once `done` holds for each. */
  async until(done: (job: Job) => boolean): Promise<Job[]> {
    while (![...this.jobs.values()].every(done)) {
      const daemon = await this.options.connect();
      try {
        await this.listen(daemon, done);
      } catch (error) {
        this.forgive(error);
      } finally {
        await daemon.close();
      }
    }
    return [...this.jobs.values()];
  }

  /** Resolves when all are done or the connection is lost. */
  private async listen(daemon: DaemonClient, done: (job: Job) => boolean): Promise<void> {
    const finished = new Promise<void>((resolve) => {
      this.check = () => {
        if ([...this.jobs.values()].every(done)) resolve();
      };
    });
    hear(daemon, 'progress', (progress) => {
      if (this.jobs.has(progress.job)) this.options.watcher.progress(progress);
    });
    await this.catchUp(daemon);
    await Promise.race([finished, daemon.closed.then(lost)]);
  }

  /** Subscribes first and then reads the jobs, so that no change between the two is missed. */
  private async catchUp(daemon: DaemonClient): Promise<void> {
    const since = this.seq ?? (await daemon.call('daemon.status', {})).seq;
    await subscribe(daemon, since, (event) => {
      this.seq = event.seq;
      if (event.kind === 'job') this.learn(event.data);
    });
    this.seq ??= since;
    for (const id of this.jobs.keys()) this.learn((await daemon.call('job.get', { id })).job);
  }

  /** An event may have overtaken the answer; the higher fence is the newer state. */
  private learn(job: Job): void {
    const known = this.jobs.get(job.id);
    if (known === undefined || known.fence > job.fence) return;
    if (job.fence > known.fence) this.tries = 0;
    this.jobs.set(job.id, job);
    this.options.watcher.job(job);
    this.check();
  }

  private forgive(error: unknown): void {
    const gone = error instanceof CosmosError && error.code === 'daemon_unreachable';
    this.tries += 1;
    if (!gone || this.tries > TRIES) throw error;
    this.options.watcher.note('The daemon went away; looking for it again ...');
  }
}

function lost(): never {
  throw new CosmosError('daemon_unreachable', 'The connection to the daemon was lost.');
}
