/** What the form shows, as a preset: for other clips too, so that what belongs to this one alone is left out. Pure. */
import type { EngineName, JobOptions, Preset } from '../../../schemas/index.js';
import { hintOf } from '../../../schemas/spec/dialect.js';
import { givenBack } from '../../../schemas/unknown-name.js';
import type { Control, Form } from './form.js';

/** @param options that a person has chosen: a prompt or seed of the scene is no part of a preset, one of the person is. */
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

/** One that this clip cannot have says nothing: another clip may. */
function weightOf({ block, on, unavailable, weight }: Control): [string, number | 'off'][] {
  const hint = hintOf(block);
  if (hint === undefined || (!on && unavailable !== '')) return [];
  return [[hint, on ? Math.min(1, weight) : 'off']];
}
