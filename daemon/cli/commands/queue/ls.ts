/** `cosmos queue ls` lists the jobs that are not finished, and the last finished ones. */
import { Option } from '@commander-js/extra-typings';
import { JobState } from '../../../../schemas/job.js';
import type { Job } from '../../../../schemas/received.js';
import { hasEnded } from '../../../job/life.js';
import type { Context } from '../../context.js';
import { count } from '../../output/amounts.js';
import { jobColumns } from '../../output/job-view.js';
import { clipReference } from '../../references.js';
import { type Parent, verb } from '../../verb.js';

/** Ended jobs that the table shows without --all. */
const RECENT = 10;

interface ListOptions {
  readonly all?: true;
  readonly state?: JobState[];
  readonly clip?: string;
}

export function queueLs(queue: Parent): void {
  queue
    .command('ls', { isDefault: true })
    .description('jobs: all that are not finished, and the last finished ones')
    .option('--all', 'every job (--json always lists every job)')
    .addOption(new Option('--state <state...>', 'only jobs in these states').choices(JobState.options))
    .option('--clip <clip>', 'only jobs of this clip: id, name or path')
    .action(verb(async (context, options) => listQueue(context, options)));
}

async function listQueue(context: Context, { all, state: states, clip }: ListOptions): Promise<void> {
  const { out } = context;
  const filter = { ...(states && { states }), ...(clip && { clip: await clipReference(clip) }) };
  const { jobs, queue } = await context.use(async (daemon) => ({
    ...(await daemon.call('job.list', filter)),
    queue: await daemon.call('queue.get', {}),
  }));
  out.show(jobs, () => {
    const { shown, left } = all || states ? { shown: jobs, left: 0 } : withoutOld(jobs);
    out.table(jobColumns(out.colors), shown, 'The queue is empty. Submit a clip: cosmos submit CLIP');
    if (left > 0) out.note(`... and ${count(left, 'job')} that finished earlier; --all shows them.`);
    if (queue.paused) out.note(`The queue is paused${because(queue.reason)}. Go on with: cosmos queue resume`);
  });
}

function withoutOld(jobs: readonly Job[]): { shown: Job[]; left: number } {
  const ended = jobs.filter(hasEnded);
  const old = new Set(ended.slice(0, -RECENT).map((job) => job.id));
  return { shown: jobs.filter((job) => !old.has(job.id)), left: old.size };
}

function because(reason: string): string {
  return reason === '' ? '' : ` (${reason})`;
}
