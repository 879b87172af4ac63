/** Moves all failed jobs to Done. */
import type { QueueView } from '../views/queue/queue-view.js';
import type { Handler } from './register.js';

/** Moves all failed jobs to the group Done. Held jobs stay, because they wait for the user. */
export function queueDismissAll(queue: QueueView): Handler {
  return () => queue.dismiss(queue.jobsOf('needsYou'));
}
