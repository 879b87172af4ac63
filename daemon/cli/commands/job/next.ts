/** `cosmos job next` moves a waiting job to the front of the queue, or before another job. */
import { type Parent, verb } from '../../verb.js';
import { showJobs } from './show-jobs.js';

export function jobNext(job: Parent): void {
  job
    .command('next')
    .description('run a waiting job next, or before another')
    .argument('<id>', 'job id')
    .option('--before <id>', 'place it before this job instead of first')
    .action(
      verb(async (context, id, { before = null }: { before?: string | null }) => {
        const { job } = await context.use((daemon) => daemon.call('job.move', { id, before }));
        showJobs(context, [job]);
      }),
    );
}
