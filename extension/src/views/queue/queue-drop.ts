/** Drag and drop of jobs in the queue. */
import { type DataTransfer, DataTransferItem, type TreeDragAndDropController, workspace } from 'vscode';
import type { Job } from '../../../../schemas/received.js';
import type { Bridge } from '../../bridge.js';
import { requireTrust } from '../../commands/trust.js';
import { showProblem } from '../../show-problem.js';
import type { TreeNode } from '../tree.js';
import { movesOfDrop } from './drop.js';
import { JobNode } from './job-node.js';

/** VS Code's type name for rows of this tree. */
const ROWS = 'application/vnd.code.tree.cosmos.queue';

export class QueueDrop implements TreeDragAndDropController<TreeNode> {
  readonly dragMimeTypes = [ROWS];
  readonly dropMimeTypes = [ROWS];

  constructor(
    private readonly bridge: Bridge,
    private readonly waiting: () => readonly Job[],
  ) {}

  handleDrag(source: readonly TreeNode[], data: DataTransfer): void {
    const jobs = source.flatMap((node) => (node instanceof JobNode ? [node.job] : []));
    data.set(ROWS, new DataTransferItem(jobs));
  }

  async handleDrop(target: TreeNode | undefined, data: DataTransfer): Promise<void> {
    const dragged: unknown = data.get(ROWS)?.value;
    if (!Array.isArray(dragged)) return;
    const { jobs } = this.bridge.store;
    const sources = dragged.flatMap((id) => jobs.get(String(id)) ?? []);
    const onto = target instanceof JobNode ? jobs.get(target.job) : undefined;
    try {
      requireTrust({ changes: true }, workspace.isTrusted);
      for (const move of movesOfDrop(sources, onto, this.waiting())) await this.bridge.link.call('job.move', move);
    } catch (error) {
      await showProblem(this.bridge, error);
    }
  }
}
