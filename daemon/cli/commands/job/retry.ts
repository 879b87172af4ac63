/** `cosmos job retry` runs ended jobs again, as a new attempt. */
import { type Parent, verb } from '../../verb.js';
import { forJobs } from './for-jobs.js';

export function jobRetry(job: Parent): void {
  job
    .command('retry')
    .description('run ended jobs again, as a new attempt')
    .argument('<id...>', 'job ids')
    .action(verb(async (context, ids) => forJobs(context, 'job.retry', ids)));
}
