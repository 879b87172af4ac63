/** Guesses which field is meant by a key that is no field. */
import type { Dialect } from '../../../schemas/index.js';
import { Cosmos3Model } from '../../../schemas/spec/cosmos3.js';
import type { JsonSchema, SpecPath, Surroundings } from '../../../schemas/spec/pydantic.js';
import { type PyNode, plainValue } from '../../../schemas/spec/python-node.js';
import { Transfer25Model } from '../../../schemas/spec/transfer25.js';
import { nearest } from '../../near.js';

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

/** A world that has every file: types are asked here, not files. */
const ANY_FILE: Surroundings = { entry: () => 'file', text: () => '' };

/**
 * The field that a key inside the object at `parent` probably means: of those that are spelled alike, the nearest one
 * that would take the value.
 */
export function meantField(dialect: Dialect, parent: SpecPath, key: string, value: PyNode): string | undefined {
  const former = formerField(dialect, parent, key);
  if (former !== undefined || isOfOther(dialect, parent, key)) return former;
  const alike = nearest(key, fieldsAt(dialect, parent));
  return alike.find((name) => takes(dialect, [...parent, name], value)) ?? alike[0];
}

/** The field that was, or elsewhere is, called `key`: no guess. */
export function formerField(dialect: Dialect, parent: SpecPath, key: string): string | undefined {
  const former = Object.hasOwn(FORMER[dialect], key) ? FORMER[dialect][key] : undefined;
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

/** Would the field at the path take the value? */
export function takes(dialect: Dialect, path: SpecPath, value: PyNode): boolean {
  const { fields } = dialect === 'cosmos3' ? Cosmos3Model : Transfer25Model;
  const [key] = path;
  if (path.length > 1) return takesKind(schemaAt(dialect, path), value);
  const field = Object.entries(fields).find(([name]) => name === key)?.[1];
  return field?.type.validate(value, path, ANY_FILE).errors.length === 0;
}

/** Inside a control block only the schema is at hand. */
function takesKind({ type, enum: choices }: JsonSchema, value: PyNode): boolean {
  if (Array.isArray(choices)) return choices.includes(plainValue(value));
  const types = [type].flat();
  if (value.kind === 'int' || value.kind === 'float') return types.includes('number');
  return value.kind === 'string' && types.includes('string') && !types.includes('number');
}
