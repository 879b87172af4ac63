/** Shows the job's row in the queue view. */
import type { QueueView } from '../views/queue/queue-view.js';
import { idsOf } from './arguments.js';
import type { Handler } from './register.js';

export function jobReveal(queue: QueueView): Handler {
  return async (_bridge, ...args) => {
    const [id] = idsOf('job', args);
    if (id !== undefined) await queue.reveal(id);
  };
}
