/**
 * Removes files whose fetch was not finished and is not needed any more: when their job was cancelled, has failed or
 * waits again, and after a crash. The files of a job that still collects stay, because an interrupted fetch continues
 * them.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Job } from '../../schemas/index.js';
import { coerceError } from '../errors.js';
import type { RunDependencies } from './needs.js';

type Needs = Pick<RunDependencies, 'queue' | 'runs' | 'results' | 'stateDir' | 'log'>;

/** Name of an unfinished file (host/transfer/fetch-one.ts, host/local/local-files.ts). */
const PART = /\.part$/;

export class Partials {
  constructor(private readonly needs: Needs) {}

  /** To be called when no step of the job is in flight. */
  jobRests(id: string): void {
    for (const { run } of this.needs.runs.attempts(id)) this.clean(run, id);
  }

  /** To be called before the first step: removes what a daemon left that has died. */
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

  /** Whether complete files are kept: they belong to the result, or they show why the job has failed. */
  private isKept(job: Job | undefined, folder: string): boolean {
    if (job === undefined) return true; // perhaps a job of another database: do not delete its files
    return job.state === 'failed' || this.needs.results.get(job.id)?.poster?.startsWith(folder) === true;
  }

  private folder(run: string): string {
    return path.join(this.needs.stateDir.run(run), 'results');
  }

  /** When a file cannot be removed, the next start tries again. */
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
