/**
 * What runs leave on their hosts, removed once nobody needs it: the container and the folder of every run of a job that
 * succeeded or was cancelled. A run that failed is kept there for people to look at. Goes on after a crash and when the
 * host was away, because what was removed is written down and nothing else is.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Job, JobState, Run } from '../../schemas/index.js';
import { coerceError } from '../errors.js';
import type { RunDependencies } from './needs.js';

type Needs = Pick<RunDependencies, 'queue' | 'runs' | 'offers' | 'stateDir' | 'clock' | 'log'>;

/** Of the newest runs so many are looked at when the daemon starts. */
const LOOK_BACK = 1000;

/** Milliseconds before the first try after a failed one; doubles each time. */
const PAUSE_MS = 2000;
/** Failed tries after which a host that never answers is left alone until the daemon starts again: about an hour. */
const TRIES = 11;

/** Ends after which nobody looks at the run any more. */
const DONE: readonly JobState[] = ['succeeded', 'cancelled'];

export class Leftovers {
  /** Run -> how its next try is taken back, while it waits for one. */
  private readonly waiting = new Map<string, () => void>();
  private readonly working = new Set<string>();
  private closed = true;

  constructor(private readonly needs: Needs) {}

  start(): void {
    this.closed = false;
    for (const run of this.needs.runs.list(LOOK_BACK)) this.consider(run);
  }

  /** Nobody waits for a host that may not answer: what is left over is found at the next start. */
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
      if (tries < TRIES) this.again(run, tries);
    }
  }

  private again(run: Run, tries: number): void {
    if (this.closed) return;
    const cancel = this.needs.clock.after(PAUSE_MS * 2 ** (tries - 1), () => {
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
