import type { QueueView } from '../views/queue/queue-view.js';
import { idsOf } from './arguments.js';
import type { Handler } from './register.js';

/** Shows the job's row in the queue view. */
export function jobReveal(queue: QueueView): Handler {
  return async (_bridge, ...args) => {
    const [id] = idsOf('job', args);
    if (id !== undefined) await queue.reveal(id);
  };
}
