import { expect, test } from 'vitest';
import { readYaml } from '../../../../daemon/workload/dialects/yaml.js';
import { plainScalar } from '../../../../daemon/workload/dialects/yaml-scalars.js';
import { plainValue } from '../../../../schemas/spec/python-node.js';

/** As PyYAML 6.0.3 reads them. */
test.each([
  ['3', { kind: 'int', value: 3n }],
  ['-0x1f', { kind: 'int', value: -31n }],
  ['010', { kind: 'int', value: 8n }],
  ['08', { kind: 'string', value: '08' }],
  ['1_000', { kind: 'int', value: 1000n }],
  ['16:9', { kind: 'int', value: 969n }],
  ['1:30.5', { kind: 'float', value: 90.5 }],
  ['1.5', { kind: 'float', value: 1.5 }],
  ['1e3', { kind: 'string', value: '1e3' }],
  ['1.0e+3', { kind: 'float', value: 1000 }],
  ['-.INF', { kind: 'float', value: Number.NEGATIVE_INFINITY }],
  ['inf', { kind: 'string', value: 'inf' }],
  ['yes', { kind: 'bool', value: true }],
  ['Off', { kind: 'bool', value: false }],
  ['y', { kind: 'string', value: 'y' }],
  ['~', { kind: 'null' }],
  ['16,9', { kind: 'string', value: '16,9' }],
  ['2026-11-22', { kind: 'other', text: '2026-11-22' }],
])('%s', (text, node) => expect(plainScalar(text)).toEqual(node));

test('quotes and tags make texts, aliases and merges are followed', () => {
  const text = 'base: &b {weight: 0.5}\ndepth:\n  <<: *b\n  control_path: "3"\nseed: !!str 3\nedge: *b\n';
  expect(plainValue(readYaml(text))).toEqual({
    base: { weight: 0.5 },
    depth: { weight: 0.5, control_path: '3' },
    seed: '3',
    edge: { weight: 0.5 },
  });
});

test.each([
  ['a: 1\n---\nb: 2\n', 'several documents'],
  ['a: *missing\n', 'nothing is called &missing'],
  ['a: !!python/object x\n', 'the tag'],
  ['? [1, 2]\n: x\n', 'a key must be a word'],
  ['a: [1\n', 'cannot be read: this line is not indented'],
  ['a: &x [*x]\n', 'nested too deeply'],
])('%j is refused', (text, words) => {
  expect(() => readYaml(text)).toThrow(words);
  expect(() => readYaml(text)).toThrow(expect.objectContaining({ type: 'YAMLError' }));
});
