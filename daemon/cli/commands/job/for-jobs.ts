/** Helps verbs that do one thing to several jobs. */
import type { Context } from '../../context.js';
import { showJobs } from './show-jobs.js';

type IdsMethod = 'job.cancel' | 'job.retry' | 'job.release';

/** Calls a method that takes ids, and prints the jobs afterwards. */
export async function forJobs(context: Context, method: IdsMethod, ids: string[]): Promise<void> {
  const { jobs } = await context.use((daemon) => daemon.call(method, { ids }));
  showJobs(context, jobs);
}
