/** Moves one job through its states: do a step, record it, do the next one, until the job needs nothing more. */
import type { Job, JobError } from '../../schemas/index.js';
import { coerceError, toCosmosError, toJobError } from '../errors.js';
import { type Move, step } from '../job/life.js';
import type { RunDependencies } from './needs.js';
import type { PrepareTurns } from './prepare-turns.js';
import { isWait, judgeFailure } from './retry.js';
import { RunSteps } from './steps.js';
import type { StepWork, WorkTurns } from './work-turns.js';

interface Count {
  /** Failures since the job was created, or retried after its end. */
  readonly tries: number;
  /** Failures in a row that are no fault of the job (see isWait); 0 after the next move other than `requeued`. */
  readonly waits: number;
}

/** Only for jobs that have not ended. A restart of the daemon sets all counts to 0, which costs at most more tries. */
export type Tries = Map<string, Count>;

/** Shared by the drives of all jobs. */
export interface Turns {
  readonly prepare: PrepareTurns;
  readonly work: WorkTurns;
}

/**
 * rest = there is no step until a person or the queue moves the job; parked = it needs a host that is not configured.
 */
export type DriveEnd = 'rest' | 'parked';

export class Drive {
  private controller = new AbortController();
  private closed = false;
  /** Belongs to the step in flight. */
  private work: StepWork | undefined;
  /** Ends the pause of a job that waits for its host or for another user. */
  private stopWaiting = () => {};

  constructor(
    private readonly id: string,
    private readonly deps: RunDependencies,
    private readonly turns: Turns,
    private readonly tries: Tries,
  ) {}

  async run(): Promise<DriveEnd> {
    let job = this.deps.queue.get(this.id);
    while (job !== undefined && !this.closed) {
      if (this.isParked(job)) return 'parked';
      this.controller = new AbortController();
      this.work = this.turns.work.of(job, this.controller.signal);
      try {
        const move = await this.next(job, this.work);
        if (move === 'rest') break;
        job = move === 'again' ? this.deps.queue.get(this.id) : await this.recorded(job, move);
      } finally {
        this.work.rest();
      }
    }
    return 'rest';
  }

  /** To be called when the job was moved from outside: the step in flight has lost its meaning. */
  interrupt(): void {
    this.controller.abort();
  }

  /** Ends a pause in which the job waits for its host, because that may be back. Other pauses go on. */
  hurry(): void {
    this.stopWaiting();
  }

  /** Ends driving. The run on the host goes on. */
  close(): void {
    this.closed = true;
    this.controller.abort();
  }

  /** A job whose host is not configured any more must not move: its run may still be alive there. */
  private isParked(job: Job): boolean {
    const host = this.neededHost(job);
    if (host === null || this.deps.offers.get(host) !== undefined) return false;
    this.deps.progress.report(job.id, `waits for host ${host}, which is not configured any more`, 0);
    return true;
  }

  private neededHost({ state, host, run }: Job): string | null {
    if (state === 'preparing') return null;
    if (state !== 'stopping') return host;
    const held = run === null ? undefined : this.deps.runs.get(run);
    return held?.state === 'open' ? held.host : null;
  }

  private async next(job: Job, work: StepWork): Promise<Move | 'again' | 'rest'> {
    const { signal } = this.controller;
    const steps = new RunSteps(this.deps, { prepare: this.turns.prepare, work }, signal);
    try {
      return (await step(job, steps)) ?? 'rest';
    } catch (error) {
      if (signal.aborted) return 'again';
      return await this.afterFailure(job, error, steps);
    }
  }

  private async afterFailure(job: Job, thrown: unknown, steps: RunSteps): Promise<Move | 'again'> {
    const { log, clock, settings, progress } = this.deps;
    const error = toJobError(thrown);
    const tries = this.count(job, error);
    log.warn({ err: coerceError(thrown), job: job.id, state: job.state, tries }, 'a step failed');
    const answer = judgeFailure(job, error, tries, settings, clock.now());
    if (answer.kind === 'move' && (!answer.release || (await this.released(job, steps)))) return answer.move;
    progress.report(job.id, `trying again: ${error.message}`, 0);
    await this.pause(answer.kind === 'again' ? answer.afterMs : settings.backoff * 1000, isWait(job, error));
    return 'again';
  }

  private count(job: Job, error: JobError): number {
    const { tries, waits } = this.tries.get(job.id) ?? { tries: 0, waits: 0 };
    const isWaiting = isWait(job, error);
    this.tries.set(job.id, isWaiting ? { tries, waits: waits + 1 } : { tries: tries + 1, waits });
    return isWaiting ? waits + 1 : tries + 1;
  }

  /** false = the run of the job could not be ended: the job keeps its slot, and the step is tried again. */
  private async released(job: Job, steps: RunSteps): Promise<boolean> {
    try {
      await steps.release(job);
      return true;
    } catch (error) {
      this.deps.log.error({ err: coerceError(error), job: job.id, run: job.run }, 'a run could not be ended');
      return false;
    }
  }

  /** Records the move. When this computer's disk is full, it tries again until there is room. */
  private async recorded(job: Job, move: Move): Promise<Job | undefined> {
    for (;;) {
      try {
        return await this.record(job, move);
      } catch (thrown) {
        const error = toCosmosError(thrown);
        if (error.code !== 'no_space_here') throw error;
        this.deps.log.warn({ err: error, job: job.id, event: move.event }, 'a move could not be recorded');
        this.deps.progress.report(job.id, `trying again: ${error.message}`, 0);
        await this.pause(this.deps.settings.backoff * 1000, true);
      }
    }
  }

  /** @returns the job after this move, or after the move of another that came first. */
  private async record(job: Job, move: Move): Promise<Job | undefined> {
    const { queue, boundary, progress } = this.deps;
    const name = `${job.state}.${move.event}`;
    await boundary?.(`${name}.before`);
    if (this.closed) return undefined;
    const moved = queue.move(job, move);
    if (moved === undefined) return queue.get(this.id);
    this.deps.work.forget(job.id); // the daemon has survived this step
    this.movedOn(moved, move);
    progress.forget(job.id);
    await boundary?.(`${name}.after`);
    return moved;
  }

  private movedOn({ id, endedAt }: Job, { event }: Move): void {
    const count = this.tries.get(id);
    if (endedAt !== null) this.tries.delete(id);
    else if (count !== undefined && event !== 'requeued') this.tries.set(id, { ...count, waits: 0 });
  }

  /** Waits, but ends early when the job is moved from outside. */
  private pause(ms: number, isWaiting: boolean): Promise<void> {
    const { signal } = this.controller;
    this.work?.rest();
    return new Promise((resolve) => {
      const finish = () => {
        cancel();
        this.stopWaiting = () => {};
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const cancel = this.deps.clock.after(ms, finish);
      if (isWaiting) this.stopWaiting = finish;
      signal.addEventListener('abort', finish, { once: true });
      if (signal.aborted) finish();
    });
  }
}
