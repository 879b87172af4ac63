/** pydantic models: fields with defaults, what happens to keys that are no field, and the JSON Schema for editors. */
import {
  isUnicode,
  type JsonSchema,
  nullable,
  orNull,
  type PyError,
  type PyType,
  right,
  type SpecPath,
  type Surroundings,
  type Validated,
  wrong,
} from './pydantic.js';
import type { PyNode, PyObject } from './python-node.js';

export interface Field<T> {
  readonly type: PyType<T>;
  /** What the model holds when the key is absent or its value is wrong; null for a required field. */
  readonly fallback: T;
  readonly required: boolean;
  /** Our own words for editors and people; type, range, unit and default are added from the facts. */
  readonly description: string;
  /** What the number counts: "frames", "steps", ... */
  readonly unit?: string;
  /**
   * Before the model is checked, this field is filled from that other one, so either of them may be missing in the
   * text.
   */
  readonly or?: string;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;
/** The values of a model after defaults. A required field that is missing or wrong is null. */
export type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export interface Model<F extends Fields> extends PyType<Values<F>> {
  readonly fields: F;
  /** Like validate, with the values of the fields that are right even when others are wrong. */
  read(node: PyObject, path: SpecPath, around: Surroundings): { values: Values<F>; errors: readonly PyError[] };
}

/** @param or another field that this one is filled in from before the model looks. */
export function required<T>(type: PyType<T>, description: string, or?: string): Field<T | null> {
  return { type, fallback: null, required: true, description, ...(or === undefined ? {} : { or }) };
}

export function optional<T>(type: PyType<T>, fallback: T, description: string, unit?: string): Field<T> {
  return { type, fallback, required: false, description, ...(unit === undefined ? {} : { unit }) };
}

/** Optional, and null means the same as absent. */
export function unset<T>(type: PyType<T>, description: string, unit?: string): Field<T | null> {
  return optional(nullable(type), null, description, unit);
}

/**
 * @param unknown what pydantic does with keys that are no field: `forbid` refuses them, `ignore` drops them silently.
 *   The JSON Schema refuses them in both cases, because a key that is ignored is never meant.
 */
export function model<F extends Fields>(fields: F, unknown: 'forbid' | 'ignore'): Model<F> {
  const wanted = 'an object: { ... }';
  const read: Model<F>['read'] = (node, path, around) => {
    const outcomes = Object.entries(fields).map(
      ([key, field]) => [key, readField(key, field, node, path, around)] as const,
    );
    const errors = outcomes.flatMap(([, outcome]) => outcome.errors);
    // Every field of F has an entry of its own type, which fromEntries cannot tell.
    const values = Object.fromEntries(outcomes.map(([key, { held }]) => [key, held])) as Values<F>;
    if (unknown === 'ignore') return { values, errors };
    return { values, errors: refuseUnknown(unknownKeys(fields, node), node, path, errors) };
  };
  return {
    wanted,
    fields,
    schema: objectSchema(fields),
    read,
    validate: (node, path, around): Validated<Values<F>> => {
      if (node.kind !== 'object') return wrong(node, path, 'model_type', wanted);
      const { values, errors } = read(node, path, around);
      return errors.length === 0 ? right(values) : { value: values, errors };
    },
  };
}

/** Keys of an object that are no field, in the order of the text. */
export function unknownKeys(fields: Fields, node: PyObject): string[] {
  return [...node.last.keys()].filter((key) => !Object.hasOwn(fields, key));
}

/** A key that is no proper Unicode ends the reading of its object; nothing else in it is complained about. */
function refuseUnknown(keys: readonly string[], node: PyObject, path: SpecPath, others: readonly PyError[]): PyError[] {
  const keyOf = (key: string): PyNode => node.last.get(key)?.key ?? node;
  const broken = keys.find((key) => !isUnicode(key));
  if (broken !== undefined)
    return [{ path, type: 'string_unicode', node: keyOf(broken), wanted: 'made of known keys' }];
  const refused = keys.map((key) => {
    return { path: [...path, key], type: 'extra_forbidden', node: keyOf(key), wanted: 'a known key' };
  });
  return [...others, ...refused];
}

function readField(
  key: string,
  { type, fallback, required }: Field<unknown>,
  node: PyObject,
  path: SpecPath,
  around: Surroundings,
): { held: unknown; errors: readonly PyError[] } {
  const value: PyNode | undefined = node.last.get(key)?.value;
  if (value !== undefined) {
    const { value: held, errors } = type.validate(value, [...path, key], around);
    return { held: held === undefined ? fallback : held, errors };
  }
  if (!required) return { held: fallback, errors: [] };
  return { held: fallback, errors: [{ path: [...path, key], type: 'missing', node, wanted: type.wanted }] };
}

function objectSchema(fields: Fields): JsonSchema {
  const all = Object.entries(fields);
  const names = all.filter(([, { required, or }]) => required && or === undefined).map(([key]) => key);
  const either = all.flatMap(([key, { or }]) => (or === undefined ? [] : [{ required: [key] }, { required: [or] }]));
  return {
    type: 'object',
    properties: Object.fromEntries(all.map(([key, field]) => [key, fieldSchema(field)])),
    ...(names.length > 0 ? { required: names } : {}),
    ...(either.length > 0 ? { anyOf: either } : {}),
    additionalProperties: false,
  };
}

function fieldSchema({ type, fallback, required, description, unit, or }: Field<unknown>): JsonSchema {
  const given = !required && fallback !== null;
  return {
    ...(or === undefined ? type.schema : orNull(type.schema)),
    description: [description, measure(type, unit), given ? `Default ${JSON.stringify(fallback)}.` : '']
      .filter(Boolean)
      .join(' '),
    ...(given ? { default: fallback } : {}),
  };
}

/** "A whole number above 0, in frames." Objects and free texts speak for themselves. */
function measure({ wanted }: PyType<unknown>, unit: string | undefined): string {
  if (wanted === 'an object: { ... }' || wanted === 'text in quotes') return '';
  return `${wanted[0]?.toUpperCase()}${wanted.slice(1)}${unit === undefined ? '' : `, in ${unit}`}.`;
}
