/** Switches auto-send off for watched folders. */
import { idsOf } from './arguments.js';
import type { Handler } from './register.js';

export const watchAutoSendOff: Handler = async ({ link }, ...args) => {
  for (const path of idsOf('watch', args)) await link.call('watch.setAutoSend', { path, autoSend: false });
};
