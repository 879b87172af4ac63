/** A job in the queue view. */
import { Uri } from 'vscode';
import type { Job } from '../../../../schemas/received.js';
import type { Bridge } from '../../bridge.js';
import type { Markdown } from '../../shown/markdown.js';
import type { Row } from '../../shown/rows.js';
import { jobTitle } from '../output-title.js';
import { shortName } from '../short.js';
import type { TreeNode } from '../tree.js';
import type { Dismissals } from './dismissals.js';
import { jobContext } from './job-context.js';
import { jobIcon } from './job-icon.js';
import { type JobLine, jobDescription, jobSpoken } from './job-text.js';
import { jobTooltip } from './job-tooltip.js';

/** The current positions of the jobs. */
export interface JobGroups {
  groupOf(job: Job): TreeNode;
  /** Index among the waiting jobs, from 0. */
  placeOf(job: Job): number;
}

export class JobNode implements TreeNode {
  readonly id: string;

  constructor(
    /** Job id, which commands read from their argument. */
    readonly job: string,
    private readonly bridge: Bridge,
    private readonly dismissals: Dismissals,
    private readonly groups: JobGroups,
  ) {
    this.id = `job:${job}`;
  }

  get parent(): TreeNode | undefined {
    const job = this.bridge.store.jobs.get(this.job);
    return job && this.groups.groupOf(job);
  }

  row(): Row {
    const line = this.line();
    if (line === undefined) return { label: this.job }; // removed meanwhile; the new list follows
    const hasResult = this.bridge.store.results.has(this.job);
    return {
      label: shortName(jobTitle(line.job)),
      icon: jobIcon(line.job),
      description: jobDescription(line),
      spoken: jobSpoken(line),
      context: jobContext(line.job, { hasResult, isDismissed: this.dismissals.has(line.job) }),
      click: [hasResult ? 'cosmos.result.open' : 'cosmos.job.edit', this],
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
    const place = job.state === 'queued' ? this.groups.placeOf(job) : undefined;
    return { job, progress: progress.get(job.id), run, place, now: this.bridge.now() };
  }
}
