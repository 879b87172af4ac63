/** Specs made from the fields themselves: a field that is added to a dialect turns up here by itself. */
import type { Fields } from '../../../../../schemas/spec/model.js';
import type { JsonSchema } from '../../../../../schemas/spec/pydantic.js';

type Random = () => number;

/** Without these, neither engine can do anything with a spec. */
const ALWAYS = ['name', 'prompt', 'video_path', 'vision_path'];
/** Blocks of which a spec of either dialect needs one. */
const CONTROLS = ['edge', 'vis', 'blur'];
const OFTEN = 0.3;

export function randomSpec(fields: Fields, random: Random): Record<string, unknown> {
  const control = pick(
    CONTROLS.filter((key) => key in fields),
    random,
  );
  const chosen = Object.keys(fields).filter((key) => ALWAYS.includes(key) || key === control || random() < OFTEN);
  return Object.fromEntries(chosen.map((key) => [key, valueFor(key, fields[key]?.type.schema ?? {}, random)]));
}

function valueFor(key: string, schema: JsonSchema, random: Random): unknown {
  const { type, enum: values, properties, anyOf } = schema;
  // true equals 1 in Python; a translation writes the 1.
  if (Array.isArray(values))
    return pick(
      values.filter((value) => typeof value !== 'boolean'),
      random,
    );
  if (isSchemas(properties)) return block(properties, random);
  const types = [type].flat();
  if (types.includes('integer')) return whole(schema, random);
  if (types.includes('number')) return Math.round(random() * 100 * most(schema, 10)) / 100;
  if (types.includes('array')) return [whole({ minimum: 0 }, random), whole({ minimum: 0 }, random)];
  if (types.includes('object')) return { note: random() };
  if (Array.isArray(anyOf)) return random() < 0.5;
  return /_(path|file|mask)$/.test(key) ? `${key}-${Math.floor(random() * 1e6)}.mp4` : `some ${key} ${random()}`;
}

function block(properties: Readonly<Record<string, JsonSchema>>, random: Random): Record<string, unknown> {
  const keys = Object.keys(properties).filter(() => random() < 0.6);
  return Object.fromEntries(keys.map((key) => [key, valueFor(key, properties[key] ?? {}, random)]));
}

function whole(schema: JsonSchema, random: Random): number {
  const least = Number(schema.minimum ?? Number(schema.exclusiveMinimum ?? 0) + 1);
  return least + Math.floor(random() * (most(schema, 200) - least + 1));
}

function most({ maximum }: JsonSchema, otherwise: number): number {
  return typeof maximum === 'number' ? maximum : otherwise;
}

function isSchemas(value: unknown): value is Readonly<Record<string, JsonSchema>> {
  return typeof value === 'object' && value !== null;
}

function pick<T>(values: readonly T[], random: Random): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}
