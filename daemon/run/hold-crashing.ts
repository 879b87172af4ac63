/** Holds each job at whose step the daemon has died repeatedly. Runs at the start of the daemon, before any step. */
import type { Job, JobState } from '../../schemas/index.js';
import { CosmosError, toJobError } from '../errors.js';
import type { Logger } from '../log.js';
import type { QueueNeeds, RunNeeds } from './needs.js';

/** A step of a job, and how often the daemon died during it. */
export interface CrashingStep {
  readonly job: string;
  readonly step: JobState;
  readonly deaths: number;
  /** How the daemon died, as the clause that follows "the last time". */
  readonly lastDeath: string;
}

export interface HoldNeeds {
  readonly queue: Pick<QueueNeeds, 'get' | 'move'>;
  readonly runs: Pick<RunNeeds, 'ended'>;
  readonly work: { crashing(): CrashingStep[]; forget(job: string): void };
  readonly log: Logger;
}

/** May be repeated: a daemon that dies inside it holds the remaining jobs at its next start. */
export function holdCrashing({ queue, runs, work, log }: HoldNeeds): void {
  for (const step of work.crashing()) {
    const job = queue.get(step.job);
    if (job !== undefined && hold(job, step, { queue, runs })) {
      log.warn({ job: job.id, step: step.step, deaths: step.deaths }, 'a job is held, because the daemon died of it');
    }
    work.forget(step.job); // after a person has released the job, it gets as many tries as a new one
  }
}

/** false = the job is held or has ended already. */
function hold(job: Job, died: CrashingStep, { queue, runs }: Pick<HoldNeeds, 'queue' | 'runs'>): boolean {
  const reason = whyHeld(job, died);
  const error = toJobError(new CosmosError('daemon_died', reason, { step: died.step, deaths: died.deaths }));
  const held = { event: 'held', patch: { reason, error } } as const;
  switch (job.state) {
    case 'staging': {
      // Nothing was started on the host, so the job gives its slot back.
      if (job.run !== null) runs.ended(job.run, null);
      const queued = queue.move(job, { event: 'requeued', patch: { reason } });
      return queued !== undefined && queue.move(queued, held) !== undefined;
    }
    case 'preparing':
    case 'queued':
    case 'staged':
    case 'running':
    case 'collecting':
    case 'stopping':
      return queue.move(job, held) !== undefined;
    case 'held':
    case 'succeeded':
    case 'failed':
    case 'refused':
    case 'cancelled':
      return false;
  }
}

function whyHeld({ id, state, host }: Job, { step, deaths, lastDeath }: CrashingStep): string {
  const there = state === 'staged' || state === 'running' || state === 'stopping';
  const run = there ? ` What it has on ${host ?? 'its host'} stays there and keeps its slot until then.` : '';
  return (
    `The daemon died ${times(deaths)} while it was ${doing(step)} this job; the last time ${lastDeath}. ` +
    `So it is not tried again by itself.${run} ` +
    `Let it go on with \`cosmos job release ${id}\`, or end it with \`cosmos job cancel ${id}\`.`
  );
}

function times(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}

function doing(step: JobState): string {
  switch (step) {
    case 'preparing':
      return 'preparing';
    case 'staging':
      return 'copying the inputs of';
    case 'staged':
      return 'starting';
    case 'running':
      return 'reading the log of';
    case 'collecting':
      return 'collecting the result of';
    case 'stopping':
      return 'stopping';
    case 'held':
    case 'queued':
    case 'succeeded':
    case 'failed':
    case 'refused':
    case 'cancelled':
      return 'at work on'; // no step acts on these
  }
}
