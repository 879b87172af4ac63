/** The moves of a job that a person releases or cancels; a held job may be in the middle of a run. */
import type { Attempt, ErrorCode, Job } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { type JobEvent, type Move, next } from '../job/life.js';
import type { RunStore } from './runs.js';

/** Code of the error with which run/hold-crashing.ts holds a job. */
const DIED: ErrorCode = 'daemon_died';

export class HeldJobs {
  constructor(private readonly runs: RunStore) {}

  /** Whether a held job is still a member of a run that may exist on its host. */
  isInRun(job: Job): boolean {
    return this.membership(job) !== undefined;
  }

  /** The event that releases the job. Its last attempt shows in which state it was held. */
  wayOn(job: Job): JobEvent {
    const member = this.membership(job);
    if (member === undefined) return wasPreparing(job) ? 'repeated' : 'released';
    const run = this.runs.get(member.run);
    // The run ended without an exit code: it vanished, or its host was forgotten. There is nothing to continue.
    return run?.state === 'ended' && run.exitCode === null ? 'released' : 'rejoined';
  }

  /** The event that cancels the job; undefined = it is being cancelled already. */
  wayOut(job: Job): Move | undefined {
    if (job.state === 'stopping') return undefined;
    const settled = job.error?.code === DIED ? { error: null } : {}; // the error was the reason to hold it, and a person has decided
    if (next(job.state, 'cancelled') !== undefined && !this.isInRun(job))
      return { event: 'cancelled', patch: { reason: 'Cancelled.', ...settled } };
    return { event: 'stop', patch: { stopReason: 'cancel', reason: 'Is being cancelled.', ...settled } };
  }

  /** @throws CosmosError wrong_state when a run of the job may exist on a host: an edit would leave it there. */
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

/** The daemon died while it prepared the job (run/hold-crashing.ts). */
function wasPreparing({ state, error }: Job): boolean {
  return state === 'held' && error?.code === DIED && error.data?.step === 'preparing';
}
