/** Handlers of the `queue` methods. */
import type { HandlersOf } from '../call.js';

export const queueHandlers: HandlersOf<'queue'> = {
  'queue.get': (_, { services }) => services.queue.status(),
  'queue.pause': ({ reason }, { services }) => services.queue.pause(reason),
  'queue.resume': (_, { services }) => services.queue.resume(),
};
