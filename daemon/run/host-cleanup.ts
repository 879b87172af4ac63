/**
 * Removes the container and the folder of a run from its host once its jobs have succeeded or were cancelled. The
 * folder of a failed run is kept there, so that people can look into it. A removal that worked leaves a mark in the
 * local folder of the run; a run without the mark is removed later, so a crash or an absent host only delays the
 * removal.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Job, JobState, Run } from '../../schemas/index.js';
import { type BackOff, isSpent, pauseAfter } from '../back-off.js';
import { coerceError } from '../errors.js';
import type { RunDependencies } from './needs.js';

type Needs = Pick<RunDependencies, 'queue' | 'runs' | 'offers' | 'stateDir' | 'clock' | 'log'>;

/** Number of newest runs that are checked when the daemon starts. */
const LOOK_BACK = 1000;

/** After about an hour of failures the host is left alone until the daemon starts again. */
const BACK_OFF: BackOff = { firstMs: 2000, most: 11 };

/** Ends of a job after which its run is not needed any more. */
const DONE: readonly JobState[] = ['succeeded', 'cancelled'];

export class HostCleanup {
  /** Run that waits for its next try -> function that cancels this try. */
  private readonly waiting = new Map<string, () => void>();
  private readonly working = new Set<string>();
  private closed = true;

  constructor(private readonly needs: Needs) {}

  start(): void {
    this.closed = false;
    for (const run of this.needs.runs.list(LOOK_BACK)) this.consider(run);
  }

  /** Does not wait for removals in flight, because a host may not answer. The next start finds what is still there. */
  close(): void {
    this.closed = true;
    for (const cancel of this.waiting.values()) cancel();
    this.waiting.clear();
  }

  /** To be called when a job has changed. */
  jobChanged({ id, state }: Pick<Job, 'id' | 'state'>): void {
    if (!DONE.includes(state)) return;
    for (const attempt of this.needs.runs.attempts(id)) {
      const run = this.needs.runs.get(attempt.run);
      if (run !== undefined) this.consider(run);
    }
  }

  private consider(run: Run): void {
    if (this.needs.offers.get(run.host)?.cleanUp === undefined) return;
    if (run.state !== 'ended' || !this.isDone(run) || existsSync(this.mark(run.id))) return;
    if (!this.waiting.has(run.id)) this.remove(run, 1);
  }

  private isDone({ members }: Run): boolean {
    const jobs = members.map((id) => this.needs.queue.get(id));
    return (
      jobs.every((job) => job?.endedAt !== null) && jobs.some((job) => job !== undefined && DONE.includes(job.state))
    );
  }

  private remove(run: Run, tries: number): void {
    if (this.closed || this.working.has(run.id)) return;
    this.working.add(run.id);
    void this.tryTo(run, tries).finally(() => this.working.delete(run.id));
  }

  private async tryTo(run: Run, tries: number): Promise<void> {
    const { offers, log } = this.needs;
    try {
      await offers.get(run.host)?.cleanUp?.(run.id);
      this.note(run.id);
    } catch (error) {
      log.warn({ err: coerceError(error), run: run.id, host: run.host, tries }, 'a run was not removed from its host');
      if (!isSpent(tries, BACK_OFF)) this.again(run, tries);
    }
  }

  private again(run: Run, tries: number): void {
    if (this.closed) return;
    const cancel = this.needs.clock.after(pauseAfter(tries, BACK_OFF), () => {
      this.waiting.delete(run.id);
      this.remove(run, tries + 1);
    });
    this.waiting.set(run.id, cancel);
  }

  private note(run: string): void {
    mkdirSync(this.needs.stateDir.run(run), { recursive: true });
    writeFileSync(this.mark(run), '');
  }

  private mark(run: string): string {
    return path.join(this.needs.stateDir.run(run), 'gone-from-host');
  }
}
