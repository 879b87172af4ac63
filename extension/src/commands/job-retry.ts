/** Runs ended jobs again. */
import { jobsOf, thatCan } from './arguments.js';
import type { Handler } from './register.js';

export const jobRetry: Handler = async ({ link, store }, ...args) => {
  const jobs = thatCan(jobsOf(store, args), 'retryable');
  await link.call('job.retry', { ids: jobs.map(({ id }) => id) });
};
