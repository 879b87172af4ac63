/** Handlers of the `watch` methods. */
import type { HandlersOf } from '../call.js';

export const watchHandlers: HandlersOf<'watch'> = {
  'watch.list': (_, { services }) => ({ watches: services.folders.list() }),

  'watch.add': async (options, { services }) => ({ watch: await services.folders.add(options) }),

  async 'watch.remove'({ path }, { services }) {
    await services.folders.remove(path);
    return {};
  },

  'watch.setAutoSend': ({ path, autoSend, preset }, { services }) => ({
    watch: services.folders.setAutoSend(path, autoSend, preset),
  }),
};
