/** Moves failed jobs that a person has seen to Done. */
import type { QueueView } from '../views/queue/queue-view.js';
import { jobsOf } from './arguments.js';
import type { Handler } from './register.js';

/** Moves failed jobs that the user has seen to the group Done. */
export function jobDismiss(queue: QueueView): Handler {
  return ({ store }, ...args) => queue.dismiss(jobsOf(store, args));
}
