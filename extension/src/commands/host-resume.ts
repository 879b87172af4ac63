/** Lets a drained host take jobs again. */
import { first, idsOf } from './arguments.js';
import type { Handler } from './register.js';

export const hostResume: Handler = async ({ link }, ...args) => {
  await link.call('host.resume', { host: first(idsOf('host', args)) });
};
