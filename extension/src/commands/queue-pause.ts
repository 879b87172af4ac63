/** Pauses the queue: nothing new starts, and what runs continues. */
import type { Handler } from './register.js';

/** Running jobs continue; no other job starts. */
export const queuePause: Handler = async ({ link }) => {
  await link.call('queue.pause', {});
};
