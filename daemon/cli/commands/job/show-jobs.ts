/** Prints the answer of verbs that change jobs. */
import type { Job } from '../../../../schemas/received.js';
import type { Context } from '../../context.js';
import { jobColumns } from '../../output/job-view.js';
import { oneOrMany } from '../../output/output.js';

/** Prints jobs after a change: as objects with --json, else as rows of the queue. */
export function showJobs({ out }: Context, jobs: readonly Job[]): void {
  out.show(oneOrMany(jobs), () => out.table(jobColumns(out.colors), jobs, 'No job changed.'));
}
