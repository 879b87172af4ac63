/** Open outward, closed inward: no result or notification of the protocol refuses a name or a field that is not known yet. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { methods, notifications } from '../../../schemas/index.js';
import { toJsonSchema } from '../../../schemas/json-schema.js';
import { open } from '../../../schemas/open.js';
import { openRpcDocument } from '../../../schemas/openrpc.js';
import { newerSnapshot } from '../../support/newer-daemon.js';

const SENT = [
  ...Object.entries(methods).map(([name, { result }]) => [name, result] as const),
  ...Object.entries(notifications).map(([name, { params }]) => [name, params] as const),
];

/** What may be closed in what is sent: a literal that tells members of a union apart, beside one for all other kinds. */
const TELLS_APART = /\.kind$/;

test.each(SENT)('%s has no closed name and no closed object', (name, schema) => {
  expect(closedIn(toJsonSchema(schema, 'output'), name)).toEqual([]);
});

test('a closed schema would be seen', () => {
  const shape = { state: z.enum(['on', 'off']), of: z.literal('x'), by: z.partialRecord(z.enum(['a']), z.int()) };
  const json = z.toJSONSchema(z.strictObject(shape), { io: 'output' });
  expect(closedIn(json, 'it')).toEqual(['it', 'it.by[]', 'it.of', 'it.state']);
});

test('params stay closed', () => {
  const { params } = methods['job.submit'];
  expect(params.safeParse({ targets: ['lot'], options: { engine: 'cosmos3' } }).success).toBe(true);
  expect(params.safeParse({ targets: ['lot'], options: { engine: 'predict2.5' } }).success).toBe(false);
  expect(params.safeParse({ targets: ['lot'], options: { model: 'cosmos3' } }).success).toBe(false);
});

const told = (snapshot: unknown) => ({ seq: 7, snapshot });

test('a newer snapshot is read whole, with the fields that are not known', () => {
  const snapshot = newerSnapshot();
  expect(methods['event.subscribe'].result.parse(told(snapshot))).toEqual(told(snapshot));
});

test('a thing of a known kind is still read as such', () => {
  const event = { seq: 8, at: '2026-01-01T00:00:00.000Z', id: 'x', type: 'made' };
  const { params } = notifications.event;
  expect(params.safeParse({ ...event, kind: 'artifact', data: 7 }).success).toBe(true);
  expect(params.safeParse({ ...event, kind: 'job', data: 7 }).success).toBe(false);
  expect(params.safeParse({ seq: 8, kind: 'artifact' }).success).toBe(false);
});

test('what is asked of people who write a text is not asked of a daemon that sends it', () => {
  const text = z.strictObject({ name: z.string().superRefine((_, context) => context.addIssue('never')) });
  expect(open(text).safeParse({ name: 'as it came', more: 1 }).success).toBe(true);
  expect(open(text).safeParse({ name: 7 }).success).toBe(false);
});

test('a foreign reader of the JSON schemas takes a newer snapshot, too', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const { methods: list, components } = openRpcDocument() as {
    methods: { name: string; result: { schema: object } }[];
    components: object;
  };
  const schema = list.find(({ name }) => name === 'event.subscribe')?.result.schema;
  const validate = ajv.compile({ ...schema, components });
  validate(told(newerSnapshot()));
  expect(validate.errors ?? []).toEqual([]);
  expect(validate(told({ ...newerSnapshot(), jobs: 7 }))).toBe(false);
});

/** Paths of what is closed, sorted. */
function closedIn(node: unknown, path: string): string[] {
  if (Array.isArray(node)) return [...new Set(node.flatMap((item) => closedIn(item, path)))].sort();
  if (typeof node !== 'object' || node === null) return [];
  const schema = node as Record<string, unknown>;
  const isName = 'enum' in schema || (typeof schema.const === 'string' && !TELLS_APART.test(path));
  const own = isName || schema.additionalProperties === false ? [path] : [];
  const { properties = {}, $defs = {}, not: _not, examples: _examples, ...others } = schema;
  const inner = [...Object.entries(properties as object), ...Object.entries($defs as object)].flatMap(([key, value]) =>
    closedIn(value, `${path}.${key}`),
  );
  const keys = closedIn(others.propertyNames, `${path}[]`).map(() => `${path}[]`);
  const rest = Object.entries(others).flatMap(([key, value]) => (key === 'propertyNames' ? [] : closedIn(value, path)));
  return [...new Set([...own, ...inner, ...keys, ...rest])].sort();
}
