import { expect, test } from 'vitest';
import { methods, notifications } from '../../schemas/index.js';
import { toJsonSchema } from '../../schemas/json-schema.js';
import { openRpcDocument } from '../../schemas/openrpc.js';

interface Described {
  name: string;
  summary: string;
  params: { name: string; required: boolean }[];
}

const text = JSON.stringify(openRpcDocument());
const document = JSON.parse(text) as {
  methods: Described[];
  'x-notifications': { name: string }[];
  components: { schemas: Record<string, unknown> };
};

test('every method and notification of the table is described, with its sentence', () => {
  expect(document.methods.map(({ name }) => name)).toEqual(Object.keys(methods));
  expect(document['x-notifications'].map(({ name }) => name)).toEqual(Object.keys(notifications));
  for (const { summary } of document.methods) expect(summary).toMatch(/^[A-Z].*\.$/);
});

test('params are listed by name, the optional ones as such', () => {
  const follow = document.methods.find(({ name }) => name === 'log.follow');
  expect(follow?.params.map(({ name, required }) => [name, required])).toEqual([
    ['id', true],
    ['attempt', false],
    ['from', false],
  ]);
});

test('every reference points at something', () => {
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => String(name));
  expect(references.length).toBeGreaterThan(20);
  expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
  expect(text).not.toContain('#/$defs/');
});

test('methods whose params are an object of their own list all of them', () => {
  for (const { name, params } of document.methods) {
    const { properties = {} } = toJsonSchema(methods[name as keyof typeof methods].params, 'input');
    expect([name, params.length]).toEqual([name, Object.keys(properties).length]);
  }
});

test('z.json() is named Json wherever it is used', () => {
  expect(document.components.schemas.Json).toMatchObject({ anyOf: expect.arrayContaining([{ type: 'null' }]) });
  expect(text).not.toContain('__schema');
});
