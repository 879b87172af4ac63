/** A job in the queue view. */
import { Uri } from 'vscode';
import type { Job } from '../../../../schemas/index.js';
import type { Bridge } from '../../bridge.js';
import type { Markdown } from '../../shown/markdown.js';
import type { Row } from '../../shown/rows.js';
import type { TreeNode } from '../tree.js';
import type { Dismissals } from './dismissals.js';
import { jobContext } from './job-context.js';
import { jobIcon } from './job-icon.js';
import { type JobLine, jobDescription } from './job-text.js';
import { jobTooltip } from './job-tooltip.js';

export class JobNode implements TreeNode {
  readonly id: string;

  constructor(
    /** Job id; commands look for it in their argument. */
    readonly job: string,
    private readonly bridge: Bridge,
    private readonly dismissals: Dismissals,
    /** Its group now. */
    private readonly group: (job: Job) => TreeNode,
  ) {
    this.id = `job:${job}`;
  }

  get parent(): TreeNode | undefined {
    const job = this.bridge.store.jobs.get(this.job);
    return job && this.group(job);
  }

  row(): Row {
    const line = this.line();
    if (line === undefined) return { label: this.job }; // gone between two looks; the list is on its way
    const hasResult = this.bridge.store.results.has(this.job);
    return {
      label: line.job.name,
      icon: jobIcon(line.job),
      description: jobDescription(line),
      context: jobContext(line.job, { hasResult, isDismissed: this.dismissals.has(line.job) }),
    };
  }

  tooltip(): Markdown | undefined {
    const poster = this.bridge.store.results.get(this.job)?.poster ?? undefined;
    const line = this.line();
    return line && jobTooltip(line, poster && Uri.file(poster).toString());
  }

  private line(): JobLine | undefined {
    const { jobs, progress, runs } = this.bridge.store;
    const job = jobs.get(this.job);
    if (job === undefined) return undefined;
    const run = job.run === null ? undefined : runs.get(job.run);
    return { job, progress: progress.get(job.id), run, now: this.bridge.now() };
  }
}
