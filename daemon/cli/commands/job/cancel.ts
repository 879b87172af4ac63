/** `cosmos job cancel` cancels jobs. */
import { type Parent, verb } from '../../verb.js';
import { forJobs } from './for-jobs.js';

export function jobCancel(job: Parent): void {
  job
    .command('cancel')
    .description('cancel jobs; a running one is stopped first and verified gone')
    .argument('<id...>', 'job ids')
    .action(verb(async (context, ids) => forJobs(context, 'job.cancel', ids)));
}
