/** Keys that are no field: which field is probably meant. */
import type { Dialect } from '../../schemas/index.js';
import { Cosmos3Model } from '../../schemas/spec/cosmos3.js';
import type { JsonSchema, SpecPath } from '../../schemas/spec/pydantic.js';
import { Transfer25Model } from '../../schemas/spec/transfer25.js';
import { nearest } from '../near.js';

/** Names of the other dialect, of NVIDIA's own messages, of its servers and of its older releases. */
const FORMER: Readonly<Record<Dialect, Readonly<Record<string, string>>>> = {
  'transfer2.5': {
    blur: 'vis',
    weight: 'control_weight',
    vision_path: 'video_path',
    input_video_path: 'video_path',
    input_control: 'control_path',
    guidance_scale: 'guidance',
    num_inference_steps: 'num_steps',
  },
  cosmos3: {
    vis: 'blur',
    control_weight: 'weight',
    video_path: 'vision_path',
    input_video_path: 'vision_path',
    input_control: 'control_path',
    flow_shift: 'shift',
    guidance_scale: 'guidance',
    num_inference_steps: 'num_steps',
  },
};

/** The field that a key inside the object at `parent` probably means. */
export function meantField(dialect: Dialect, parent: SpecPath, key: string): string | undefined {
  const former = formerField(dialect, parent, key);
  if (former !== undefined || isOfOther(dialect, parent, key)) return former;
  return nearest(key, fieldsAt(dialect, parent), 1)[0];
}

/** The field that was, or elsewhere is, called `key`: no guess. */
export function formerField(dialect: Dialect, parent: SpecPath, key: string): string | undefined {
  const former = FORMER[dialect][key];
  return former !== undefined && fieldsAt(dialect, parent).includes(former) ? former : undefined;
}

/** Is the key a field of the other engine in the same place? Then it is no slip of the pen. */
export function isOfOther(dialect: Dialect, parent: SpecPath, key: string): boolean {
  return fieldsAt(dialect === 'cosmos3' ? 'transfer2.5' : 'cosmos3', parent).includes(key);
}

/** Field names of the spec, or of the control block at `parent`. */
export function fieldsAt(dialect: Dialect, parent: SpecPath): string[] {
  return Object.keys(objectOf(schemaAt(dialect, parent).properties));
}

/** The JSON Schema of the field at a path; empty where there is none. */
export function schemaAt(dialect: Dialect, path: SpecPath): JsonSchema {
  const { schema } = dialect === 'cosmos3' ? Cosmos3Model : Transfer25Model;
  return path.reduce<JsonSchema>((at, step) => objectOf(objectOf(at.properties)[step]), schema);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
