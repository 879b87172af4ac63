/** The options for a job that does not exist yet. Each change is one undo step. Pure. */
import type { JobOptions, Preset } from '../../../schemas/index.js';
import type { Form, FormEdit } from './form.js';
import { mergeOptions, optionsOf } from './job-options.js';

export class Draft {
  private readonly past: JobOptions[] = [];
  private readonly future: JobOptions[] = [];
  private current: JobOptions;

  constructor(options: JobOptions = {}) {
    this.current = options;
  }

  get options(): JobOptions {
    return this.current;
  }

  /** Whether there are changes that were not undone. */
  get isChanged(): boolean {
    return this.past.length > 0;
  }

  change(options: JobOptions): void {
    this.past.push(this.current);
    this.future.length = 0;
    this.current = options;
  }

  undo(): void {
    this.step(this.past, this.future);
  }

  redo(): void {
    this.step(this.future, this.past);
  }

  private step(from: JobOptions[], to: JobOptions[]): void {
    const options = from.pop();
    if (options === undefined) return;
    to.push(this.current);
    this.current = options;
  }
}

/**
 * The options with one more change. An emptied field is removed from them, so that the next weaker source counts again:
 * preset, scene, job, or the default of the model.
 * @param form the form that the user saw.
 * @param presets values by name.
 */
export function wish(
  options: JobOptions,
  edit: FormEdit,
  form: Pick<Form, 'engine' | 'controls'>,
  presets: Readonly<Record<string, Preset>> = {},
): JobOptions {
  switch (edit.field) {
    case 'preset':
      return withPreset(options, edit.value, presets);
    case 'host':
      return edit.value === '' ? without(options, 'host') : { ...options, host: edit.value };
    case 'seed':
      return edit.value === null ? withoutField(without(options, 'seed'), 'seed') : { ...options, seed: edit.value };
    case 'num_steps':
    case 'guidance':
    case 'control_guidance':
      return edit.value === null ? withoutField(options, edit.field) : mergeOptions(options, optionsOf(edit, form));
    case 'negative_prompt':
    case 'prompt':
    case 'model':
    case 'weight':
    case 'weights':
    case 'switch':
      return mergeOptions(options, optionsOf(edit, form));
    default:
      return edit satisfies never;
  }
}

/**
 * A newly chosen preset replaces the options that it has values for, the prompt too. The other options stay. The prompt
 * of the preset before is removed.
 */
function withPreset(options: JobOptions, name: string, presets: Readonly<Record<string, Preset>>): JobOptions {
  const before = presets[options.preset ?? '']?.prompt;
  const own = options.prompt !== undefined && options.prompt === before ? without(options, 'prompt') : options;
  if (name === '') return without(own, 'preset');
  const values = presets[name] ?? {};
  const fields = [...NAMED_FIELDS.filter((field) => values[field] !== undefined), ...Object.keys(values.set ?? {})];
  const set = others(own.set, fields);
  const weights = values.weights === undefined ? own.weights : undefined; // the weights of a preset belong together
  const spoken = (['engine', 'host', 'seed'] as const).filter((key) => values[key] !== undefined);
  return {
    ...without(own, 'set', 'weights', ...spoken),
    ...(weights !== undefined && { weights }),
    ...(set !== undefined && { set }),
    ...(values.prompt !== undefined && { prompt: values.prompt }),
    preset: name,
  };
}

/** The values of a preset that become fields of the spec. */
const NAMED_FIELDS = ['seed', 'num_steps', 'guidance', 'negative_prompt', 'resolution'] as const;

/** undefined = no field is left. */
function others<T extends object>(all: T | undefined, names: readonly string[]): T | undefined {
  const left = Object.entries(all ?? {}).filter(([name]) => !names.includes(name));
  return left.length === 0 ? undefined : (Object.fromEntries(left) as T);
}

export function without(options: JobOptions, ...keys: readonly (keyof JobOptions)[]): JobOptions {
  return Object.fromEntries(Object.entries(options).filter(([key]) => !keys.some((one) => one === key)));
}

function withoutField(options: JobOptions, field: string): JobOptions {
  const set = Object.entries(options.set ?? {}).filter(([key]) => key !== field);
  return { ...without(options, 'set'), ...(set.length > 0 && { set: Object.fromEntries(set) }) };
}
