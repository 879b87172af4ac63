/**
 * What was begun to be fetched of a run and is not wanted any more goes: when its job is cancelled, has failed or waits
 * again, and after a crash. What a job still collects stays, because a cut fetch goes on where it stopped.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Job } from '../../schemas/index.js';
import { coerceError } from '../errors.js';
import type { RunDependencies } from './needs.js';

type Needs = Pick<RunDependencies, 'queue' | 'runs' | 'results' | 'stateDir' | 'log'>;

/** Files that a fetch has not finished (host/transfer/fetch-one.ts, host/local/local-files.ts). */
const PART = /\.part$/;

export class Partials {
  constructor(private readonly needs: Needs) {}

  /** To be called once nothing is at work on the job. */
  jobRests(id: string): void {
    for (const { run } of this.needs.runs.attempts(id)) this.clean(run, id);
  }

  /** Before anything is at work: what a daemon left that died. */
  sweep(): void {
    const { stateDir } = this.needs;
    for (const run of namesIn(path.dirname(stateDir.run('any')))) {
      for (const scratch of ['evidence', 'adopt']) this.remove(path.join(stateDir.run(run), scratch));
      for (const job of namesIn(this.folder(run))) this.clean(run, job);
    }
  }

  private clean(run: string, id: string): void {
    const folder = path.join(this.folder(run), id);
    const job = this.needs.queue.get(id);
    if (!existsSync(folder) || (job?.run === run && job.state === 'collecting')) return;
    if (this.isKept(job, folder)) {
      for (const name of namesIn(folder)) if (PART.test(name)) this.remove(path.join(folder, name));
    } else this.remove(folder);
  }

  /** Whether what is complete in it is worth having: it belongs to the result, or shows why there is none. */
  private isKept(job: Job | undefined, folder: string): boolean {
    if (job === undefined) return true; // an older database perhaps: nobody knows
    return job.state === 'failed' || this.needs.results.get(job.id)?.poster?.startsWith(folder) === true;
  }

  private folder(run: string): string {
    return path.join(this.needs.stateDir.run(run), 'results');
  }

  /** What cannot be removed now is found at the next start. */
  private remove(file: string): void {
    try {
      rmSync(file, { recursive: true, force: true });
    } catch (error) {
      this.needs.log.warn({ err: coerceError(error), file }, 'what was left of a fetch was not removed');
    }
  }
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
