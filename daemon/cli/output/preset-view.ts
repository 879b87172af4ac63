/** Prints presets. */
import { modelTitle } from '../../../schemas/model-title.js';
import type { NamedPreset, Preset } from '../../../schemas/received.js';
import { pairs } from './job-view.js';
import type { Fields } from './key-values.js';

/** Weights and fields of the spec: "edge=0.5  num_steps=12". */
export function choicesOf({ weights, ...values }: Preset): string {
  return [pairs(weights ?? {}), pairs(specFields(values))].filter((text) => text !== '').join('  ');
}

export function presetFields({ name, values }: NamedPreset): Fields {
  return {
    Preset: name,
    Model: values.engine === undefined ? null : modelTitle(values.engine),
    Host: values.host ?? null,
    Prompt: values.prompt?.split('\n') ?? null,
    Template: values.template ?? null,
    Weights: pairs(values.weights ?? {}),
    Settings: pairs(specFields(values)),
    'Flat passes': values.allow_flat === undefined ? null : values.allow_flat ? 'allowed' : 'held',
    'Output name': values.name ?? null,
  };
}

/** The values that go into the spec under their own names. */
function specFields({ seed, num_steps, guidance, resolution, negative_prompt, set }: Preset) {
  const named = { seed, num_steps, guidance, resolution, negative_prompt };
  return { ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)), ...set };
}
