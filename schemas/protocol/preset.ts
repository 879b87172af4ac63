/** The methods about presets, which are kept in cosmos.toml, where people also write them by hand. */
import * as z from 'zod';
import { NamedPreset, Preset, PresetName } from '../preset.js';
import { type MethodTable, method, nothing } from './method.js';

export const presetMethods = {
  'preset.list': method(
    'All presets of cosmos.toml as it is now, in the order of the file.',
    nothing,
    z.object({ presets: z.array(NamedPreset) }),
  ),
  'preset.save': method(
    'Write a preset into cosmos.toml; it is used at once. Refused with wrong_state when there is one of that name, unless it is to be replaced.',
    z.strictObject({
      name: PresetName,
      values: Preset,
      replace: z.boolean().optional().describe('Also when there is one of that name; it has these values alone then.'),
    }),
    z.object({
      preset: NamedPreset,
      file: z.string().describe('The cosmos.toml it was written to.'),
      replaced: z.boolean().describe('There was one of that name.'),
    }),
  ),
  'preset.remove': method(
    'Take a preset out of cosmos.toml; its jobs keep their settings. Refused with wrong_state while a watched folder sends with it.',
    z.strictObject({ name: z.string() }),
    nothing,
  ),
} as const satisfies MethodTable;
