/** `cosmos logs` prints the log of a job or run, and follows it with -f. */
import type { Command } from '@commander-js/extra-typings';
import type { Job } from '../../../schemas/received.js';
import { CosmosError } from '../../errors.js';
import { hasEnded } from '../../job/life.js';
import type { Context } from '../context.js';
import { readLog } from '../log-read.js';
import { countingNumber } from '../options/numbers.js';
import { INTERRUPTED, verb } from '../verb.js';

export function logs(command: Command): void {
  command
    .argument('<id>', 'job or run id')
    .option('-f, --follow', 'go on until the run has ended')
    .option('--attempt <number>', 'an earlier attempt of the job', countingNumber)
    .action(
      verb(async (context, id, { follow, attempt }) => {
        const request = { id, ...(attempt !== undefined && { attempt }) };
        const log = context.out.stdout.log();
        const take = (text: string) => log.push(text);
        const leave = () => {
          log.end();
          process.exit(INTERRUPTED);
        };
        process.once('SIGINT', leave); // otherwise the terminal would keep the colours of the log
        try {
          if (!follow) {
            await context.use((daemon) => readLog(daemon, request, take));
            return;
          }
          await started(context, id);
          const { followLog } = await import('../log-follow.js');
          await followLog(() => context.connect(), request, take);
        } finally {
          process.off('SIGINT', leave);
          log.end();
        }
      }),
    );
}

/** Waits until the job has a log: one that is not started has none. */
async function started(context: Context, id: string): Promise<void> {
  const job = await context
    .use((daemon) => daemon.call('job.get', { id }))
    .then(
      (answer) => answer.job,
      (error: unknown) => {
        if (error instanceof CosmosError && error.code === 'not_found') return undefined; // the id is that of a run, or of nothing: log.follow reports that
        throw error;
      },
    );
  if (job === undefined || hasRun(job)) return;
  const [{ liveView }, { JobWait }] = await Promise.all([import('../output/live.js'), import('../wait.js')]);
  const view = await liveView(context.out);
  const wait = new JobWait([job], { connect: () => context.connect(), watcher: view });
  await wait.until((now) => hasRun(now) || hasEnded(now)).finally(() => view.end());
}

function hasRun(job: Job): boolean {
  return job.run !== null && job.state !== 'queued' && job.state !== 'staging';
}
