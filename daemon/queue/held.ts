/** Where a job goes when a person lets it go on, or gives it up; one that is held may be in the middle of a run. */
import type { Attempt, ErrorCode, Job } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { type JobEvent, type Move, next } from '../job/life.js';
import type { RunStore } from './runs.js';

/** Code of the error with which run/hold-crashing.ts holds a job. */
const DIED: ErrorCode = 'daemon_died';

export class HeldJobs {
  constructor(private readonly runs: RunStore) {}

  /** Whether a held job still is a member of a run, of which its host may have something. */
  isInRun(job: Job): boolean {
    return this.membership(job) !== undefined;
  }

  /** The event that lets it go on. The attempts tell where it was: they change in the transaction of its moves. */
  wayOn(job: Job): JobEvent {
    const member = this.membership(job);
    if (member === undefined) return wasPreparing(job) ? 'repeated' : 'released';
    const run = this.runs.get(member.run);
    // Over, and nobody knows how: it vanished, or its host was given up. There is nothing to go back to.
    return run?.state === 'ended' && run.exitCode === null ? 'released' : 'rejoined';
  }

  /** How a person gives a job up; undefined = that is under way. */
  wayOut(job: Job): Move | undefined {
    if (job.state === 'stopping') return undefined;
    const settled = job.error?.code === DIED ? { error: null } : {}; // it was why a person had to decide, who has
    if (next(job.state, 'cancelled') !== undefined && !this.isInRun(job))
      return { event: 'cancelled', patch: { reason: 'Cancelled.', ...settled } };
    return { event: 'stop', patch: { stopReason: 'cancel', reason: 'Is being cancelled.', ...settled } };
  }

  /** @throws CosmosError wrong_state when something of it may be on a host, which a change would leave there. */
  requireNoRun(job: Job): void {
    if (!this.isInRun(job)) return;
    const message = `${job.id} has a run on ${job.host ?? 'its host'} and cannot be changed: release it, or cancel it and submit it anew.`;
    throw new CosmosError('wrong_state', message, { job: job.id, state: job.state });
  }

  private membership(job: Job): Attempt | undefined {
    if (job.state !== 'held' || job.run === null) return undefined;
    return this.runs.attempts(job.id).find(({ run, outcome }) => run === job.run && outcome === null);
  }
}

/** The daemon died of it (run/hold-crashing.ts), and it is not prepared to the end. */
function wasPreparing({ state, error }: Job): boolean {
  return state === 'held' && error?.code === DIED && error.data?.step === 'preparing';
}
