/** `cosmos submit` makes jobs from clips or specs, and can wait for them. */
import type { Command } from '@commander-js/extra-typings';
import { nanoid } from 'nanoid';
import type { DaemonClient } from '../../../client/daemon-client.js';
import type { JobOptions, Sweep } from '../../../schemas/index.js';
import type { Job } from '../../../schemas/received.js';
import { inWords } from '../../../schemas/shown-text.js';
import { CosmosError } from '../../errors.js';
import { hasEnded } from '../../job/life.js';
import type { Context } from '../context.js';
import { axis } from '../options/assignments.js';
import { toJobOptions, withJobOptions } from '../options/job-options.js';
import { count } from '../output/amounts.js';
import { oneOrMany } from '../output/output.js';
import { clipReference } from '../references.js';
import { registerUnknown } from '../register.js';
import { type ExitCode, INTERRUPTED, verb } from '../verb.js';
import { showJobs } from './job/show-jobs.js';

interface Order {
  readonly targets: string[];
  readonly options: JobOptions;
  readonly sweep?: Sweep;
}

export function submit(command: Command): void {
  const submitting = command
    .argument('<clip-or-spec...>', 'clips (id, name or path) or spec files')
    .option('--sweep <field=a,b>', 'one job for each value, each combination; repeatable', axis)
    .option('--dry-run', 'show what would happen and submit nothing')
    .option('--wait', 'stay until the jobs have ended; exit 1 when one did not succeed');
  withJobOptions(submitting).action(
    verb(async (context, typed, { sweep, dryRun, wait, ...flags }) => {
      const options = await toJobOptions(flags);
      const targets = await Promise.all(typed.map(clipReference));
      const order: Order = { targets, options, ...(sweep && { sweep }) };
      if (dryRun) return plan(context, order);
      const jobs = await place(context, order);
      return wait ? waitFor(context, jobs) : report(context, jobs);
    }),
  );
}

async function plan(context: Context, order: Order): Promise<ExitCode> {
  const { out } = context;
  const { plans } = await context.use(async (daemon) => {
    await registerUnknown(daemon, order.targets);
    return daemon.call('job.plan', order);
  });
  const { renderPlan } = await import('../output/plan-view.js');
  out.show(oneOrMany(plans), () => {
    out.print(plans.flatMap((each, i) => [...(i === 0 ? [] : ['']), ...renderPlan(each, out.stdout)]));
    out.note(['', `Nothing was submitted: ${count(plans.length, 'job')} planned.`]);
  });
  return plans.every(({ check }) => check.ok) ? 0 : 1;
}

/** When the connection breaks, the submit is repeated with the same key, which makes no second set of jobs. */
async function place(context: Context, order: Order): Promise<Job[]> {
  const idempotencyKey = nanoid();
  const send = async (daemon: DaemonClient) => {
    await registerUnknown(daemon, order.targets);
    return daemon.call('job.submit', { ...order, idempotencyKey });
  };
  try {
    return (await context.use(send)).jobs;
  } catch (error) {
    if (!(error instanceof CosmosError) || error.code !== 'daemon_unreachable') throw error;
    return (await context.use(send)).jobs;
  }
}

async function report(context: Context, jobs: Job[]): Promise<ExitCode> {
  showJobs(context, jobs);
  if (!context.out.json) context.out.note('Follow them with: cosmos queue');
  return 0;
}

async function waitFor(context: Context, jobs: Job[]): Promise<ExitCode> {
  const { out } = context;
  const [{ liveView }, { JobWait }] = await Promise.all([import('../output/live.js'), import('../wait.js')]);
  const view = await liveView(out);
  const leave = () => {
    view.end();
    out.note('Not waiting any longer; the jobs go on. Look after them with: cosmos queue');
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', leave);
  const ended = await new JobWait(jobs, { connect: () => context.connect(), watcher: view })
    .until(hasEnded)
    .finally(() => {
      process.off('SIGINT', leave);
      view.end();
    });
  out.show(oneOrMany(ended), () => {
    for (const job of ended) out.print(lastLine(job));
  });
  return ended.every(({ state }) => state === 'succeeded') ? 0 : 1;
}

function lastLine({ name, state, output, error, reason }: Job): string {
  if (state === 'succeeded') return output ?? name;
  const why = error?.message ?? reason;
  return `${name} ${inWords(state)}${why === '' ? '' : `: ${why}`}`;
}
