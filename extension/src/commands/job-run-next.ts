/** Moves waiting jobs to the front of the queue. */
import { jobsOf, thatCan } from './arguments.js';
import type { Handler } from './register.js';

/** Several jobs keep their order among themselves. */
export const jobRunNext: Handler = async ({ link, store }, ...args) => {
  const jobs = thatCan(jobsOf(store, args), 'movable');
  for (const { id } of jobs.toReversed()) await link.call('job.move', { id, before: null });
};
