/** `cosmos job show` prints one job: its state, settings, attempts and result. */
import { jobFields } from '../../output/job-view.js';
import { type Parent, verb } from '../../verb.js';

export function jobShow(parent: Parent): void {
  parent
    .command('show')
    .description('one job: state, settings, attempts, result')
    .argument('<id>', 'job id')
    .action(
      verb(async (context, id) => {
        const { out, now } = context;
        const { job, ...more } = await context.use((daemon) => daemon.call('job.get', { id }));
        out.show({ ...job, ...more }, () => {
          out.fields(jobFields(job, more, { colors: out.colors, now }));
        });
      }),
    );
}
