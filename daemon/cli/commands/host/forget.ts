/** `cosmos host forget` gives up a host that does not come back, after the person has confirmed it. */
import type { JobState, ResultOf } from '../../../../schemas/index.js';
import type { Job } from '../../../../schemas/received.js';
import { CosmosError } from '../../../errors.js';
import { askYesNo, canAsk } from '../../ask.js';
import type { Context } from '../../context.js';
import { count } from '../../output/amounts.js';
import { jobColumns } from '../../output/job-view.js';
import { type Parent, verb } from '../../verb.js';

/** In these states a job can have a run or files on a host. */
const ON_HOST: JobState[] = ['staging', 'staged', 'running', 'collecting', 'stopping'];

export function hostForget(parent: Parent): void {
  parent
    .command('forget')
    .description('give up a host that never returns: its jobs queue again, its entry leaves cosmos.toml')
    .argument('<host>', 'name of the host')
    .option('--yes', 'do not ask; also when jobs are on it')
    .action(
      verb(async (context, name, { yes = false }) => {
        const answer = await context.use(async (daemon) => {
          const { jobs } = await daemon.call('job.list', { states: ON_HOST });
          const on = jobs.filter(({ host }) => host === name);
          if (!yes) await confirm(context, name, on);
          return daemon.call('host.forget', { host: name, force: yes || on.length > 0 });
        });
        context.out.show(answer, () => tell(context, answer));
      }),
    );
}

/** @throws CosmosError usage when the person does not agree, or cannot be asked. */
async function confirm({ out }: Context, name: string, on: readonly Job[]): Promise<void> {
  if (!out.json && on.length > 0) {
    out.table(jobColumns(out.colors), on, '');
    out.note('They queue again; what they did there is lost, also a finished output that is not fetched yet.');
  }
  const jobs = on.length === 0 ? '' : ` with ${count(on.length, 'job')} on it`;
  if (!canAsk()) throw new CosmosError('usage', `Say --yes to forget ${name}${jobs}.`);
  if (!(await askYesNo(`Forget ${name}${jobs}?`))) throw new CosmosError('usage', `${name} was not forgotten.`);
}

function tell({ out }: Context, { host, jobs, left }: ResultOf<'host.forget'>): void {
  if (jobs.length > 0) out.table(jobColumns(out.colors), jobs, '');
  out.note(`${host} is forgotten.`);
  if (left.length > 0) out.note(`Should it come back, these may still run there: ${left.join(', ')}.`);
}
