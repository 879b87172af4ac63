/** Pauses the queue: nothing new starts, and what runs continues. */
import type { Handler } from './register.js';

/** What runs goes on; nothing more starts. */
export const queuePause: Handler = async ({ link }) => {
  await link.call('queue.pause', {});
};
