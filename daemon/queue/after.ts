/** Computes the job after a move: its new state by life.ts, and the facts that follow from the state. Pure. */
import type { Job, JobState } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { type JobEvent, life, type Move, next } from '../job/life.js';

/** The job after `move` at the moment `at` (UTC ISO). @throws CosmosError wrong_state when that cannot happen. */
export function after(job: Job, move: Move, at: string): Job {
  const { event, patch = {} } = move;
  const state = next(job.state, event);
  if (state === undefined) throw wrongState(job, event);
  const { settings } = patch;
  const choices = settings === undefined ? {} : { engine: settings.engine, host: settings.host };
  const facts = consequences(job, move, state, at);
  return { ...job, reason: '', ...facts, ...patch, ...choices, state, fence: job.fence + 1, updatedAt: at };
}

/**
 * Whether the run never reached this member: its attempt is not counted then. Not so for a member that failed and will be
 * tried again, which has an error or a back-off.
 */
export function isUnreached({ event, patch = {} }: Move): boolean {
  return event === 'requeued' && patch.error === undefined && patch.notBefore === undefined;
}

type Facts = Partial<Job>;

function consequences(job: Job, move: Move, state: JobState, at: string): Facts {
  switch (state) {
    case 'preparing': // retried or edited: a fresh start
      return { ...waiting(job), notBefore: null, error: null, output: null };
    case 'queued':
      return { ...waiting(job), attempt: isUnreached(move) ? Math.max(0, job.attempt - 1) : job.attempt };
    case 'staging':
      return { error: null, notBefore: null };
    case 'running':
      return { startedAt: at };
    case 'succeeded':
      return { endedAt: at, eta: null, progress: 1 };
    case 'failed':
    case 'refused':
    case 'cancelled':
      return { endedAt: at, eta: null };
    case 'held':
    case 'staged':
    case 'collecting':
    case 'stopping':
      return {};
  }
}

/** A waiting job keeps no facts of a run, and its host is again the one that was asked for. */
function waiting(job: Job): Facts {
  return { host: job.settings.host, progress: null, eta: null, startedAt: null, endedAt: null, stopReason: null };
}

/** Completes "... cannot ..." in a sentence for people. */
const VERBS: Readonly<Record<JobEvent, string>> = {
  prepared: 'become prepared',
  held: 'be held',
  released: 'be released',
  repeated: 'be prepared anew',
  rejoined: 'be looked for on its host',
  edited: 'be edited',
  claimed: 'be started',
  staged: 'become staged',
  started: 'begin to run',
  finished: 'be collected',
  collected: 'succeed',
  requeued: 'go back to the queue',
  failed: 'fail',
  refused: 'be refused',
  stop: 'be stopped',
  stopped: 'become stopped',
  cancelled: 'be cancelled while it waits',
  retried: 'be retried',
};

function wrongState(job: Job, event: JobEvent): CosmosError {
  const possible = (Object.keys(life) as JobState[]).filter((state) => next(state, event) !== undefined);
  return new CosmosError(
    'wrong_state',
    `${job.id} is ${job.state} and cannot ${VERBS[event]}: only a job that is ${possible.join(' or ')} can.`,
    { job: job.id, state: job.state, event },
  );
}
