/** `cosmos job clone` makes new jobs like given ones, with changes. */
import { toJobOptions, withJobOptions } from '../../options/job-options.js';
import { type Parent, verb } from '../../verb.js';
import { showJobs } from './show-jobs.js';

export function jobClone(job: Parent): void {
  const clone = job.command('clone').description('new jobs like these, with changes').argument('<id...>', 'job ids');
  withJobOptions(clone).action(
    verb(async (context, ids, flags) => {
      const options = await toJobOptions(flags);
      const { jobs } = await context.use((daemon) => daemon.call('job.clone', { ids, options }));
      showJobs(context, jobs);
    }),
  );
}
