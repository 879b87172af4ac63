/** `cosmos job release` lets held jobs continue. */
import { type Parent, verb } from '../../verb.js';
import { forJobs } from './for-jobs.js';

export function jobRelease(job: Parent): void {
  job
    .command('release')
    .description('let held jobs continue, once you have decided')
    .argument('<id...>', 'job ids')
    .action(verb(async (context, ids) => forJobs(context, 'job.release', ids)));
}
