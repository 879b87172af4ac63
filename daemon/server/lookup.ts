/** Finds the job, run or result that a request names, or throws an error with similar names. */
import type { Job, Result, Run } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { didYouMean, nearest } from '../near.js';
import type { QueueService, Services } from './services.js';

/** Throws not_found with ids like it. */
export function findJob(queue: QueueService, id: string): Job {
  const job = queue.get(id);
  if (job === undefined) throw jobNotFound(queue, id);
  return job;
}

/** When a name was given instead of an id, the error offers the id of the job of that name. */
export function jobNotFound(queue: QueueService, id: string): CosmosError {
  const jobs = queue.list({});
  const named = jobs.filter((job) => job.name === id).map((job) => job.id);
  const near = named.length > 0 ? named.slice(-3) : nearest(id, ids(jobs));
  return new CosmosError('not_found', `There is no job "${id}".${didYouMean(near)}`, { near });
}

/** Throws not_found with ids like it. */
export function findRun({ runs }: Services, id: string): Run {
  const run = runs.get(id);
  if (run !== undefined) return run;
  const near = nearest(id, ids(runs.list()));
  throw new CosmosError('not_found', `There is no run "${id}".${didYouMean(near)}`, { near });
}

/** Throws not_found: for an unknown job, or a job that has no result (yet). */
export function findResult({ queue, results }: Services, job: string): Result {
  const result = results.get(job);
  if (result !== undefined) return result;
  const { name, state } = findJob(queue, job);
  throw new CosmosError('not_found', `${name} has no result: the job is ${state}.`);
}

function ids(things: readonly { id: string }[]): string[] {
  return things.map(({ id }) => id);
}
