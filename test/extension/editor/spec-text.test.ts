import { expect, test } from 'vitest';
import { SpecText, type ValueChange } from '../../../extension/src/editor/spec-text.js';
import { applyEdits } from '../../../schemas/spec/json-edits.js';

function read(text: string): SpecText {
  const spec = SpecText.read(text);
  if (!(spec instanceof SpecText)) throw new Error(spec.sentence);
  return spec;
}

function changed(text: string, change: ValueChange): string {
  return applyEdits(text, read(text).edits(change));
}

/** Comments, a trailing comma, tabs, and columns that somebody lined up. */
const ODD = `{
\t// the good one
\t"name" : "street",   "prompt":"Rain",
\t"edge" : { "control_weight" :  0.40 /* was 0.5 */, "control_path": "e.mp4", },
}
`;

test('a weight changes one number and nothing else, whatever the text looks like', () => {
  expect(changed(ODD, { path: ['edge', 'control_weight'], value: 0.35 })).toBe(ODD.replace('0.40', '0.35'));
  expect(read(ODD).edits({ path: ['edge', 'control_weight'], value: 0.35 })).toHaveLength(1);
});

test('an equal value is no change', () => {
  expect(read(ODD).edits({ path: ['prompt'], value: 'Rain' })).toEqual([]);
  expect(read(ODD).edits({ path: ['seed'], value: undefined })).toEqual([]);
});

test('what is added comes last, in the indentation of the text', () => {
  const text = '{\n    "name": "a",\n    "depth": {\n        "control_path": "d.mp4"\n    }\n}\n';
  expect(changed(text, { path: ['depth', 'control_weight'], value: 0.5 })).toBe(
    '{\n    "name": "a",\n    "depth": {\n        "control_path": "d.mp4",\n        "control_weight": 0.5\n    }\n}\n',
  );
  expect(changed('{"name": "a"}', { path: ['seed'], value: 7 })).toContain('"seed": 7');
});

test('Windows line ends stay', () => {
  const text = '{\r\n  "name": "a"\r\n}\r\n';
  expect(changed(text, { path: ['seed'], value: 7 })).toBe('{\r\n  "name": "a",\r\n  "seed": 7\r\n}\r\n');
});

test('what is removed goes with its comma; comments elsewhere stay', () => {
  const text = changed(ODD, { path: ['edge'], value: undefined });
  expect(text).toContain('// the good one');
  expect(read(text).hasBlock('edge')).toBe(false);
  expect(read(text).get('prompt')).toBe('Rain');
});

test('the only member goes with a comma behind it, and what is put in its place can be read', () => {
  for (const text of ['{"seed": 1,}', '{ "seed": 1 /* lucky */, // why\n}', '{"seed": 1}', '{"seed" : 1 }']) {
    const without = changed(text, { path: ['seed'], value: undefined });
    expect(read(without).get(), without).toEqual({});
    expect(read(changed(without, { path: ['seed'], value: 2 })).get()).toEqual({ seed: 2 });
  }
});

test('what of the path is missing is made, also where null or a text stands for a block', () => {
  for (const text of ['{}', '{"name": "a", // b\n}', '{"depth": null}', '{"depth": "d.mp4"}', '{"depth": {}}']) {
    const spec = read(changed(text, { path: ['depth', 'control_weight'], value: 0.5 }));
    expect(spec.get('depth')).toEqual({ control_weight: 0.5 });
    expect(spec.string('name')).toBe(read(text).string('name'));
  }
});

test('the dialect is told by the keys', () => {
  expect(read('{"video_path": "c.mp4", "edge": {"control_weight": 1}}').dialect).toBe('transfer2.5');
  expect(read('{"vision_path": "c.mp4", "blur": {"weight": 1}}').dialect).toBe('cosmos3');
});

test('numbers in quotes count as numbers, as NVIDIA reads them', () => {
  const spec = read('{"seed": "12", "num_steps": "", "guidance": "x", "edge": {}}');
  expect([spec.number('seed'), spec.number('num_steps'), spec.number('guidance')]).toEqual([12, undefined, undefined]);
  expect(spec.hasBlock('edge')).toBe(true);
});

test.each([
  ['{\n  "name": "a"\n  "seed": 1\n}', 'a comma is missing', 3, 3],
  ['{ "name": "a"', 'a closing brace is missing', 1, 14],
  ['{ "name": "a }', 'a text has no closing quote', 1, 11],
  ['[]', 'A spec is one JSON object: { ... }', 1, 1],
  ['', 'a value is missing', 1, 1],
  ['{"edge": {"weight": 1, "weight": 2}}', '"weight" is written twice', 1, 24],
])('%j cannot be shown as a form, and says where', (text, sentence, line, column) => {
  const broken = SpecText.read(text);
  expect(broken).toMatchObject({ sentence: expect.stringContaining(sentence), line, column });
});
