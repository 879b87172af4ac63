/** Presets that are not read from a file. */

import { findPreset } from '../../daemon/presets/find-preset.js';
import type { PresetNeeds } from '../../daemon/submit/needs.js';
import type { Config } from '../../schemas/index.js';

export function fixedPresets(presets: Config['preset'] = {}): PresetNeeds {
  const find = (name: string | undefined) => (name === undefined ? null : findPreset(presets, name));
  return { find, findAlone: find };
}
