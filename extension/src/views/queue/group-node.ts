/** One of the four groups of the queue view; long ones are shown page by page. */
import * as l10n from '@vscode/l10n';
import type { Row } from '../../shown/rows.js';
import { MoreNode, type Pages } from '../more-node.js';
import type { TreeNode } from '../tree.js';
import type { Group, QueueGroups } from './groups.js';

/** Number of rows that a group shows first, and that "more" adds. */
export const PAGE = 100;

export class GroupNode implements TreeNode, Pages {
  readonly id: string;
  private shown = PAGE;
  private readonly more = new MoreNode(this, this);

  constructor(
    readonly group: Group,
    private readonly groups: () => QueueGroups,
    /** Number of further jobs that the daemon has and that are not loaded. */
    private readonly unread: () => number,
    /** Reads the next page of them. */
    private readonly read: () => Promise<void>,
    private readonly redraw: (group: GroupNode) => void,
    private readonly nodeOf: (job: string) => TreeNode,
  ) {
    this.id = `group:${group}`;
  }

  get size(): number {
    return this.groups().size(this.group) + this.unread();
  }

  /** Number of rows that are not shown yet. */
  get hidden(): number {
    return Math.max(0, this.size - this.shown);
  }

  async showMore(): Promise<void> {
    this.shown += PAGE;
    if (this.unread() > 0 && this.groups().size(this.group) < this.shown) await this.read();
    this.redraw(this);
  }

  /** Shows enough rows that the job is among them. */
  reach(job: string): void {
    const place = this.groups().indexOf(this.group, job);
    while (this.shown <= place) this.shown += PAGE;
  }

  row(): Row {
    const [title, size] = [titleOf(this.group), this.size];
    return {
      label: title,
      // The last job may leave the group while the window asks for this row; then the row disappears.
      description: size === 0 ? '' : String(size),
      spoken: size === 1 ? l10n.t('{0}, 1 job', title) : l10n.t('{0}, {1} jobs', title, size),
      context: `group.${this.group}`,
      open: this.group !== 'done',
    };
  }

  children(): readonly TreeNode[] {
    const jobs = this.groups().first(this.group, this.shown);
    const nodes = jobs.map(({ id }) => this.nodeOf(id));
    return this.hidden > 0 ? [...nodes, this.more] : nodes;
  }
}

function titleOf(group: Group): string {
  switch (group) {
    case 'needsYou':
      return l10n.t('Needs Attention');
    case 'running':
      return l10n.t('Running');
    case 'queued':
      return l10n.t('Queued');
    case 'done':
      return l10n.t('Done');
  }
}
