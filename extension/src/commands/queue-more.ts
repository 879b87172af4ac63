import { MoreNode } from '../views/queue/more-node.js';
import type { QueueView } from '../views/queue/queue-view.js';
import type { Handler } from './register.js';

export function queueMore(queue: QueueView): Handler {
  return async (_bridge, row) => {
    if (row instanceof MoreNode) await queue.showMore(row.parent);
  };
}
