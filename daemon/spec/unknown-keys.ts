/** Keys that are no field: which field is probably meant. */
import type { Dialect } from '../../schemas/index.js';
import { Cosmos3Model } from '../../schemas/spec/cosmos3.js';
import type { SpecPath } from '../../schemas/spec/pydantic.js';
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
  const known = fieldsAt(dialect, parent);
  const former = FORMER[dialect][key];
  if (former !== undefined && known.includes(former)) return former;
  return nearest(key, known, 1)[0];
}

/** Field names of the spec, or of the control block at `parent`. */
export function fieldsAt(dialect: Dialect, parent: SpecPath): string[] {
  const schema = (dialect === 'cosmos3' ? Cosmos3Model : Transfer25Model).schema;
  const properties = objectOf(schema.properties);
  const [block] = parent;
  if (block === undefined) return Object.keys(properties);
  return Object.keys(objectOf(objectOf(properties[block]).properties));
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
