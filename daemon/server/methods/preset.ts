/** Handlers of the `preset` methods. */
import type { HandlersOf } from '../call.js';

export const presetHandlers: HandlersOf<'preset'> = {
  'preset.list': (_, { services }) => ({ presets: services.presets.list() }),

  'preset.save': ({ name, values, replace = false }, { services }) => services.presets.save({ name, values }, replace),

  'preset.remove'({ name }, { services }) {
    services.presets.remove(name);
    return {};
  },
};
