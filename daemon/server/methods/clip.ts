/** Handlers of the `clip` methods. */
import type { HandlersOf } from '../call.js';

export const clipHandlers: HandlersOf<'clip'> = {
  'clip.list': (_, { services }) => ({ clips: services.clips.list() }),
  'clip.get': ({ clip }, { services }) => ({ clip: services.folders.resolve(clip) }),
  'clip.thumbnails': async ({ clip }, { services }) => ({
    pictures: await services.thumbnails.of(services.folders.resolve(clip)),
  }),
  'clip.register': async ({ path, mode }, { services }) => ({ clip: await services.folders.register(path, mode) }),
  'clip.withdraw': async ({ clip }, { services }) => ({ clip: await services.folders.withdraw(clip) }),
};
