import { expect, test } from 'vitest';
import { editsOf, type Repair } from '../../../../daemon/workload/dialects/repair.js';
import { applyEdits } from '../../../../schemas/spec/json-edits.js';
import { readPythonJson } from '../../../../schemas/spec/python-json.js';

function repaired(text: string, repair: Repair): string {
  return applyEdits(text, editsOf(text, readPythonJson(text), repair));
}

test.each<[string, Repair, string]>([
  ['{"a": 1, "b": 2}', { do: 'remove', path: ['a'] }, '{"b": 2}'],
  ['{"a": 1, "b": 2}', { do: 'remove', path: ['b'] }, '{"a": 1}'],
  ['{"a": 1}', { do: 'remove', path: ['a'] }, '{}'],
  ['{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', { do: 'remove', path: ['b'] }, '{\n  "a": 1,\n  "c": 3\n}'],
  ['{"e": {"a": 1}}', { do: 'rename', path: ['e', 'a'], to: 'b' }, '{"e": {"b": 1}}'],
  ['{"a": [1, {"b": 2}]}', { do: 'set', path: ['a', 1, 'b'], value: '2' }, '{"a": [1, {"b": "2"}]}'],
  ['{}', { do: 'set', path: ['a'], value: [1, null] }, '{"a": [1,null]}'],
  ['{"a": 1}', { do: 'set', path: ['b'], value: true }, '{"a": 1, "b": true}'],
  ['{\n\t"a": 1\n}', { do: 'set', path: ['b'], value: 2 }, '{\n\t"a": 1,\n\t"b": 2\n}'],
  ['{\r\n  "a": 1\r\n}', { do: 'set', path: ['b'], value: 2 }, '{\r\n  "a": 1,\r\n  "b": 2\r\n}'],
  ['{ "a": 1,\n  "b": {"c": 1} }', { do: 'set', path: ['b', 'd'], value: 2 }, '{ "a": 1,\n  "b": {"c": 1, "d": 2} }'],
])('%j with %j', (text, repair, expected) => expect(repaired(text, repair)).toBe(expected));

test('a path that leads nowhere changes nothing', () => {
  for (const path of [['b'], ['a', 'b'], ['a', 0], []]) {
    expect(repaired('{"a": 1}', { do: 'remove', path })).toBe('{"a": 1}');
    expect(repaired('{"a": 1}', { do: 'rename', path, to: 'c' })).toBe('{"a": 1}');
  }
});

test('a name that is taken is left alone, unless null holds it', () => {
  const rename: Repair = { do: 'rename', path: ['old'], to: 'new' };
  expect(repaired('{"old": 1, "new": 2}', rename)).toBe('{"old": 1, "new": 2}');
  expect(repaired('{"old": 1, "new": null}', rename)).toBe('{"new": 1}');
  expect(repaired('{"new": null, "old": 1}', rename)).toBe('{"new": 1}');
});
