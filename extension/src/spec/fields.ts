/** The fields of a spec from the bundled schema: where each may be used, and what it means. Pure. */
import type { Dialect } from '../../../schemas/index.js';
import { Cosmos3Model } from '../../../schemas/spec/cosmos3.js';
import type { JsonSchema } from '../../../schemas/spec/pydantic.js';
import { Transfer25Model } from '../../../schemas/spec/transfer25.js';

export interface Field {
  readonly name: string;
  /** Meaning, range, unit and default. */
  readonly description: string;
  readonly schema: JsonSchema;
  /** The value is an object: a control. */
  readonly isBlock: boolean;
}

/** All fields of the object at a path; empty if it has no fixed fields. */
export function fieldsAt(dialect: Dialect, path: readonly string[]): Field[] {
  const at = schemaAt(dialect, path);
  return Object.entries(objectOf(at.properties)).map(([name, value]) => {
    const schema = objectOf(value);
    const description = typeof schema.description === 'string' ? schema.description : '';
    return { name, description, schema, isBlock: 'properties' in schema };
  });
}

export function fieldAt(dialect: Dialect, path: readonly string[]): Field | undefined {
  return fieldsAt(dialect, path.slice(0, -1)).find(({ name }) => name === path.at(-1));
}

/** Possible values as JSON; the default first. */
export function choicesOf({ schema }: Field): unknown[] {
  const listed = Array.isArray(schema.enum) ? schema.enum.filter((one) => one !== null) : [];
  // Python accepts false for 0 and true for 1, but they are not offered for numbers.
  const plain = listed.some((one) => typeof one === 'number')
    ? listed.filter((one) => typeof one !== 'boolean')
    : listed;
  const switches = isSwitch(schema) ? [true, false] : [];
  const fallback = 'default' in schema && typeof schema.default !== 'object' ? [schema.default] : [];
  return [...new Set([...fallback, ...plain, ...switches])];
}

/** The text for a new key, without the part that the user types. */
export function startOf(field: Field): string {
  const [choice] = choicesOf(field);
  if (field.isBlock) return '{ $0 }';
  if (choice !== undefined) return `\${1:${JSON.stringify(choice).replaceAll(/[\\$}]/g, '\\$&')}}`;
  return takesText(field.schema) ? '"$1"' : '$1';
}

function isSwitch({ anyOf }: JsonSchema): boolean {
  return Array.isArray(anyOf) && anyOf.some((one) => objectOf(one).type === 'boolean');
}

function takesText({ type }: JsonSchema): boolean {
  const types: unknown[] = [type].flat();
  return types.includes('string') && !types.includes('integer') && !types.includes('number');
}

function schemaAt(dialect: Dialect, path: readonly string[]): JsonSchema {
  const { schema } = dialect === 'cosmos3' ? Cosmos3Model : Transfer25Model;
  return path.reduce<JsonSchema>((at, step) => objectOf(objectOf(at.properties)[step]), schema);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
