/** Turns choices of a job into the values of a preset. Pure. */
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

/** The choices that the job was made with, without its output name, which belongs to this job alone. */
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

/** The second overrides the first, hint by hint and field by field. */
export function over(weaker: Preset, stronger: Preset): Preset {
  const weights = { ...weaker.weights, ...stronger.weights };
  // A field of `set` overrides the key of the same name, so a weaker one must not stay in `set`.
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

/** Fields of the spec for which a preset has a key that can hold the value; the others go into `set`. */
function withNamedFields(fields: NonNullable<JobOptions['set']>): Preset {
  const named = Object.entries(fields).filter(([key, value]) => {
    return NAMED.some((name) => name === key && KnownPreset.shape[name].safeParse(value).success);
  });
  const others = Object.entries(fields).filter(([key]) => !named.some(([name]) => name === key));
  return { ...Object.fromEntries(named), ...(others.length > 0 && { set: Object.fromEntries(others) }) };
}
