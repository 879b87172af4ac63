/**
 * Checks that one action is possible for all of several jobs, before it is done to any. The error says for each job
 * what is wrong; the queue then acts in one transaction. Both are one synchronous piece of code, so nothing changes in
 * between.
 */
import type { Job } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { isEnded, next } from '../job/life.js';
import { jobNotFound } from './lookup.js';
import type { QueueService } from './services.js';

/** Why a job cannot do something, as a sentence; undefined = it can. */
type Objection = (job: Job) => string | undefined;

/** The distinct ids. Throws not_found or wrong_state, with data.jobs saying per job what is wrong. */
export function checkAll(queue: QueueService, ids: readonly string[], objection: Objection): string[] {
  const distinct = [...new Set(ids)];
  const wrong = distinct.flatMap((id) => {
    const error = problemOf(queue, id, objection);
    return error === undefined ? [] : [{ id, error }];
  });
  const [first] = wrong;
  if (first === undefined) return distinct;
  if (distinct.length === 1) throw first.error;
  const jobs = wrong.map(({ id, error: { code, message } }) => ({ id, code, message }));
  const message = `Nothing was done, because ${wrong.length} of ${distinct.length} jobs cannot: ${first.error.message}`;
  throw new CosmosError(first.error.code, message, { jobs });
}

function problemOf(queue: QueueService, id: string, objection: Objection): CosmosError | undefined {
  const job = queue.get(id);
  if (job === undefined) return jobNotFound(queue, id);
  const sentence = objection(job);
  return sentence === undefined ? undefined : new CosmosError('wrong_state', sentence, { job: id, state: job.state });
}

/** Waiting and live jobs can be cancelled; one that is already stopping stays so. */
export function cannotCancel({ state, name }: Job): string | undefined {
  return isEnded(state) ? `${name} cannot be cancelled: it has already ended (${state}).` : undefined;
}

export function cannotRetry({ state, name }: Job): string | undefined {
  if (next(state, 'retried') !== undefined) return undefined;
  const instead = state === 'succeeded' ? 'clone it to make another' : 'it has not ended';
  return `${name} cannot be retried, it is ${state}: ${instead}.`;
}

export function cannotRelease({ state, name }: Job): string | undefined {
  if (next(state, 'released') !== undefined) return undefined;
  return `${name} is not held but ${state}: there is nothing to release.`;
}

/** Order and priority mean something only before a job has its slot. */
export function cannotReorder({ state, name }: Job): string | undefined {
  if (state === 'preparing' || state === 'held' || state === 'queued') return undefined;
  const why = isEnded(state) ? 'has already ended' : 'has already started';
  return `${name} ${why} (${state}): its place in the queue cannot change.`;
}
