/** How verbs that change jobs answer. */
import type { Job } from '../../../../schemas/received.js';
import type { Context } from '../../context.js';
import { jobColumns } from '../../output/job-view.js';
import { oneOrMany } from '../../output/output.js';

/** Jobs after a change: their objects with --json, else the rows of the queue. */
export function showJobs({ out }: Context, jobs: readonly Job[]): void {
  out.show(oneOrMany(jobs), () => out.table(jobColumns(out.colors), jobs, 'No job changed.'));
}
