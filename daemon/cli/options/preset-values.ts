/** Choices of a job as a preset keeps them. Pure. */
import type { JobOptions } from '../../../schemas/index.js';
import { Preset as KnownPreset } from '../../../schemas/preset.js';
import type { JobSettings, Preset } from '../../../schemas/received.js';
import { withoutUndefined } from './job-options.js';

export function presetOfOptions({ engine, host, prompt, weights, seed, set, allowFlat }: JobOptions): Preset {
  const fields = withNamedFields({ ...set });
  return withoutUndefined({
    ...fields,
    engine,
    host,
    prompt,
    weights,
    ...(seed !== undefined && { seed }),
    allow_flat: allowFlat,
  });
}

/** What the job was made with. Its output name is its own, and stays out. */
export function presetOfJob(settings: JobSettings, withPrompt: boolean): Preset {
  const { engine, host, prompt, weights, set, allowFlat } = settings;
  return withoutUndefined({
    ...withNamedFields(set),
    engine,
    host: host ?? undefined,
    prompt: withPrompt ? prompt : undefined,
    weights: Object.keys(weights).length === 0 ? undefined : weights,
    allow_flat: allowFlat,
  });
}

/** The second goes over the first, hint by hint and field by field. */
export function over(weaker: Preset, stronger: Preset): Preset {
  const weights = { ...weaker.weights, ...stronger.weights };
  // A job takes a field of `set` rather than the key of the same name, so a weaker one must not stay there.
  const kept = Object.entries(weaker.set ?? {}).filter(([field]) => !Object.hasOwn(stronger, field));
  const set = { ...Object.fromEntries(kept), ...stronger.set };
  return withoutUndefined({
    ...weaker,
    ...stronger,
    ...(Object.keys(weights).length > 0 && { weights }),
    set: Object.keys(set).length > 0 ? set : undefined,
  });
}

const NAMED = ['seed', 'num_steps', 'guidance', 'resolution', 'negative_prompt'] as const;

/** Fields of the spec that a preset has a key for, where it can hold the value; the others go into `set`. */
function withNamedFields(fields: NonNullable<JobOptions['set']>): Preset {
  const named = Object.entries(fields).filter(([key, value]) => {
    return NAMED.some((name) => name === key && KnownPreset.shape[name].safeParse(value).success);
  });
  const others = Object.entries(fields).filter(([key]) => !named.some(([name]) => name === key));
  return { ...Object.fromEntries(named), ...(others.length > 0 && { set: Object.fromEntries(others) }) };
}
