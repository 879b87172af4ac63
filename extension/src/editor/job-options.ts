/** Turns a change in the form into the options of job.submit or job.edit, and into the change that undoes it. Pure. */
import type { EngineName, JobOptions } from '../../../schemas/index.js';
import { hintOf, namesOf } from '../../../schemas/spec/dialect.js';
import { DEFAULT_NEGATIVE_PROMPT } from '../../../schemas/spec/transfer25.js';
import { givenBack } from '../../../schemas/unknown-name.js';
import type { Form, FormEdit } from './form.js';

/**
 * Default of cosmos3 and transfer2.5 (config.py:502). A field cannot be removed from a job, so the default is written.
 */
const DEFAULT_STEPS = 35;
/** Default of transfer2.5 (config.py: guidance). */
const DEFAULT_GUIDANCE = 3;

/** What job.edit must change for one edit; `form` is the form that the user saw. */
export function optionsOf(edit: FormEdit, form: Pick<Form, 'engine' | 'controls'>): JobOptions {
  switch (edit.field) {
    case 'prompt':
      return { prompt: edit.value };
    case 'negative_prompt':
      return { set: { negative_prompt: edit.value === '' ? noNegativePrompt(form.engine) : edit.value } };
    case 'seed':
      return edit.value === null ? {} : { seed: edit.value };
    case 'num_steps':
      return { set: { num_steps: edit.value ?? DEFAULT_STEPS } };
    case 'guidance':
      return { set: { guidance: edit.value ?? (form.engine === 'cosmos3' ? null : DEFAULT_GUIDANCE) } };
    case 'control_guidance':
      return { set: { control_guidance: edit.value } }; // cosmos3 takes null for "not set"
    case 'model':
      return { engine: edit.value };
    case 'preset':
    case 'host':
      return edit.value === '' ? {} : { [edit.field]: edit.value };
    case 'weight':
      return weightOptions(edit.block, edit.value);
    case 'weights':
      return Object.entries(edit.values).reduce<JobOptions>((all, [block, weight]) => {
        return mergeOptions(all, weightOptions(block, weight));
      }, {});
    case 'switch':
      return switchOptions(edit.block, edit.on, form);
    default:
      return edit satisfies never;
  }
}

/** cosmos3 takes null for "not set". transfer2.5 refuses null, and blocks an empty one (blocklist.py:197-201). */
function noNegativePrompt(engine: string): string | null {
  return engine === 'cosmos3' ? null : DEFAULT_NEGATIVE_PROMPT;
}

/** A job has no weight for wsm, so wsm is written as a field. */
function weightOptions(block: string, value: number): JobOptions {
  const hint = hintOf(block);
  if (hint === undefined) return { set: { [`${block}.${namesOf('cosmos3').weight}`]: value } };
  return { weights: { [hint]: value } };
}

/** Switches the control on with the weight it had last. */
function switchOptions(block: string, on: boolean, { controls }: Pick<Form, 'controls'>): JobOptions {
  const hint = hintOf(block);
  if (hint === undefined) return {};
  const weight = controls.find((control) => control.block === block)?.weight ?? 1;
  return { weights: { [hint]: on ? Math.min(1, weight) : 'off' } };
}

/** The edit that restores what the form showed; undefined = there is nothing to restore. */
export function inverseOf(edit: FormEdit, form: Form): FormEdit | undefined {
  switch (edit.field) {
    case 'prompt':
      return { field: 'prompt', value: form.prompt.value };
    case 'negative_prompt':
      return { field: 'negative_prompt', value: form.negativePrompt.value };
    case 'seed':
      return { field: 'seed', value: form.seed.value };
    case 'num_steps':
      return { field: 'num_steps', value: form.steps.value };
    case 'guidance':
      return { field: 'guidance', value: form.guidance.value };
    case 'control_guidance':
      return form.controlGuidance === null
        ? undefined
        : { field: 'control_guidance', value: form.controlGuidance.value };
    case 'model':
      return { field: 'model', value: givenBack<EngineName>(form.engine) };
    case 'preset': // a waiting job offers neither, because what a preset has overwritten is not known
    case 'host':
      return undefined;
    case 'weights':
      return { field: 'weights', values: weightsOf(Object.keys(edit.values), form) };
    case 'weight':
    case 'switch':
      return inverseOfControl(edit, form);
    default:
      return edit satisfies never;
  }
}

function weightsOf(blocks: readonly string[], { controls }: Form): Record<string, number> {
  const found = controls.filter(({ block }) => blocks.includes(block));
  return Object.fromEntries(found.map(({ block, weight }) => [block, weight]));
}

type ControlEdit = Extract<FormEdit, { block: string }>;

function inverseOfControl(edit: ControlEdit, { controls }: Form): FormEdit | undefined {
  const { block } = edit;
  const control = controls.find((one) => one.block === block);
  if (control === undefined) return undefined;
  return edit.field === 'weight'
    ? { field: 'weight', block, value: control.weight }
    : { field: 'switch', block, on: control.on };
}

/** Later options replace earlier ones. Fields and weights are merged one by one. */
export function mergeOptions(first: JobOptions, then: JobOptions): JobOptions {
  const weights = { ...first.weights, ...then.weights };
  const set = { ...first.set, ...then.set };
  return {
    ...first,
    ...then,
    ...(Object.keys(weights).length === 0 ? {} : { weights }),
    ...(Object.keys(set).length === 0 ? {} : { set }),
  };
}

export function isEmpty(options: JobOptions): boolean {
  return Object.keys(options).length === 0;
}
