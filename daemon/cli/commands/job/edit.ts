/** `cosmos job edit` changes the settings of a job that has not started. */
import { CosmosError } from '../../../errors.js';
import { toJobOptions, withJobOptions } from '../../options/job-options.js';
import { type Parent, verb } from '../../verb.js';
import { showJobs } from './show-jobs.js';

export function jobEdit(job: Parent): void {
  const edit = job.command('edit').description('change a job that has not started').argument('<id>', 'job id');
  withJobOptions(edit).action(
    verb(async (context, id, flags) => {
      const options = await toJobOptions(flags);
      if (Object.keys(options).length === 0) {
        throw new CosmosError('usage', 'Say what to change, for example: cosmos job edit ID --seed 7.');
      }
      const { job } = await context.use((daemon) => daemon.call('job.edit', { id, options }));
      showJobs(context, [job]);
    }),
  );
}
