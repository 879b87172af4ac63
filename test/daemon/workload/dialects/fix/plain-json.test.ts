import { expect, test } from 'vitest';
import { toPlainJson } from '../../../../../daemon/workload/dialects/fix/plain-json.js';
import { applyEdits } from '../../../../../schemas/spec/json-edits.js';

function plain(text: string): string {
  return applyEdits(text, toPlainJson(text).edits);
}

test.each([
  ['{"a": 1} // end', '{"a": 1}'],
  ['// head\n{"a": 1}', '{"a": 1}'],
  ['{\r\n  # one\r\n  "a": 1\r\n}', '{\r\n  "a": 1\r\n}'],
  ['{"a": /* why */ 1}', '{"a": 1}'],
  ['{\n  /* two\n  lines */\n  "a": 1\n}', '{\n  "a": 1\n}'],
  ['{"a": [1, 2,],}', '{"a": [1, 2]}'],
  ['{"a": 1, // last\n}', '{"a": 1\n}'],
  ['{"a": 1},', '{"a": 1}'],
  ["{'a': 'b'}", '{"a": "b"}'],
  [`{'a': 'say "yes" or don\\'t'}`, `{"a": "say \\"yes\\" or don't"}`],
  ['{"a": True, "b": None}', '{"a": true, "b": null}'],
])('%j becomes %j', (text, expected) => expect(plain(text)).toBe(expected));

test.each([
  '{"a": "http://x/#y", "b": "/* no */", "c": "it\'s, }", "d": ",]"}',
  '{"a": "say \\"//\\" "}',
  '{"a": [1, 2], "b": {}}',
])('%j is JSON and stays', (text) => {
  expect(toPlainJson(text)).toEqual({ edits: [], changes: [] });
});

test('two commas in a row are a mistake of another kind', () => {
  expect(plain('[1,,]')).toBe('[1,,]');
  expect(plain('[,]')).toBe('[,]');
});

test('one unclear single quote and none is touched', () => {
  const text = "{'a': 'it's', 'b': 'c'}";
  expect(plain(text)).toBe(text);
});

test('a comment is handed back with its words and its line', () => {
  expect(toPlainJson('{\n  "a": 1, // was 2\n  /** old: 3 */\n  "b": 2\n}').changes).toEqual([
    { message: 'took out a comment: was 2', line: 1, before: '// was 2' },
    { message: 'took out a comment: old: 3', line: 2, before: '/** old: 3 */' },
  ]);
});

test('what is the same everywhere is said once', () => {
  const { changes } = toPlainJson("{'a': ['b',],}");
  expect(changes.map(({ message }) => message)).toEqual([
    'took out 2 commas too many',
    '2 texts have double quotes now',
  ]);
});
