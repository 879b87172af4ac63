/** `cosmos job priority` sets the priority of waiting jobs. */
import { CosmosError } from '../../../errors.js';
import { type Parent, verb } from '../../verb.js';
import { showJobs } from './show-jobs.js';

export function jobPriority(job: Parent): void {
  job
    .command('priority')
    .description('set the priority of waiting jobs: cosmos job priority ID... NUMBER')
    .usage('[options] <id...> <number>')
    .argument('<id...>', 'job ids, and last the priority: higher runs first, 0 is normal')
    .action(
      verb(async (context, words) => {
        const ids = words.slice(0, -1);
        const priority = Number(words.at(-1));
        if (ids.length === 0 || !Number.isInteger(priority)) {
          throw new CosmosError('usage', 'Give job ids and then a whole number: cosmos job priority ID 10.');
        }
        const { jobs } = await context.use((daemon) => daemon.call('job.setPriority', { ids, priority }));
        showJobs(context, jobs);
      }),
    );
}
