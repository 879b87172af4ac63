/** The settings of a job that exists, with changes asked for by a person. Pure. */
import type { JobOptions, JobSettings, NamedPreset } from '../../schemas/index.js';
import { DRAFT, fieldsOf } from '../workload/transfer/settings.js';

/** A preset named now goes over what the job had; everything said beside it goes over the preset. */
export function reviseSettings(settings: JobSettings, options: JobOptions, preset: NamedPreset | null): JobSettings {
  const values = preset?.values ?? {};
  const prompt = options.prompt ?? values.prompt;
  const source = options.prompt === undefined ? 'preset' : 'submit';
  const seed: JobSettings['set'] = options.seed === undefined ? {} : { seed: options.seed };
  const allowFlat = options.allowFlat ?? values.allow_flat;
  const draft: JobSettings['set'] = options.draft === true ? DRAFT : {};
  return {
    ...settings,
    engine: options.engine ?? values.engine ?? settings.engine,
    host: options.host ?? values.host ?? settings.host,
    preset: preset?.name ?? settings.preset,
    ...(prompt === undefined ? {} : { prompt: prompt.trim(), promptSource: source, promptOverridden: [] }),
    weights: { ...settings.weights, ...values.weights, ...options.weights },
    ...(allowFlat === undefined ? {} : { allowFlat }),
    set: { ...settings.set, ...fieldsOf(values), ...draft, ...options.set, ...seed },
  };
}
