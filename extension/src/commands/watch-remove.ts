/** Stops watching folders; their files and jobs stay. */
import { idsOf } from './arguments.js';
import type { Handler } from './register.js';

/** The folder is no longer watched. Its files and jobs stay. */
export const watchRemove: Handler = async ({ link }, ...args) => {
  for (const path of idsOf('watch', args)) await link.call('watch.remove', { path });
};
