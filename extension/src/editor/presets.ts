/** Presets: those that the daemon has, and what the form shows as a new one. */
import type { EngineName, JobOptions, Preset } from '../../../schemas/index.js';
import { hintOf } from '../../../schemas/spec/dialect.js';
import { givenBack } from '../../../schemas/unknown-name.js';
import type { Link } from '../link.js';
import type { Presets } from './choices.js';
import type { Control, Form } from './form.js';

/** null = not known: an older daemon has no such method. A mistake in cosmos.toml is reported elsewhere. */
export async function presetsOf(link: Pick<Link, 'call'>): Promise<Presets | null> {
  try {
    const { presets } = await link.call('preset.list', {});
    return givenBack<Presets>(Object.fromEntries(presets.map(({ name, values }) => [name, values])));
  } catch {
    return null;
  }
}

/**
 * What the form shows, as a preset for other clips too. So whatever belongs to this clip alone is left out.
 * @param options what a person has chosen. A prompt or seed goes into the preset only if it is among these, because one
 * that the scene gave holds for this clip only.
 */
export function presetValues(form: Form, options: JobOptions): Preset {
  const { engine, negativePrompt, steps, guidance } = form;
  const fields = { ...options.set };
  for (const named of ['negative_prompt', 'num_steps', 'guidance', 'seed']) delete fields[named];
  const weights = Object.fromEntries(form.controls.flatMap(weightOf));
  return {
    engine: givenBack<EngineName>(engine),
    ...(options.host !== undefined && { host: options.host }),
    ...(options.prompt !== undefined && options.prompt.trim() !== '' && { prompt: options.prompt }),
    ...(negativePrompt.value !== '' && { negative_prompt: negativePrompt.value }),
    ...(Object.keys(weights).length > 0 && { weights }),
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(steps.value !== null && { num_steps: steps.value }),
    ...(guidance.value !== null && Number.isInteger(guidance.value) && { guidance: guidance.value }),
    ...(Object.keys(fields).length > 0 && { set: fields }),
  };
}

/** A control that this clip cannot have is left out: another clip may have it. */
function weightOf({ block, on, unavailable, weight }: Control): [string, number | 'off'][] {
  const hint = hintOf(block);
  if (hint === undefined || (!on && unavailable !== '')) return [];
  return [[hint, on ? Math.min(1, weight) : 'off']];
}
