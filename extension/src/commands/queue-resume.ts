/** Lets the queue start jobs again. */
import type { Handler } from './register.js';

export const queueResume: Handler = async ({ link }) => {
  await link.call('queue.resume', {});
};
