import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PyJsonError, readPythonJson } from '../../../schemas/spec/python-json.js';
import { splitLines } from '../../../schemas/spec/python-lines.js';
import type { PyNode } from '../../../schemas/spec/python-node.js';
import { runPython } from '../../support/python.js';
import { tempDir } from '../../support/tmp.js';
import { JsonTexts } from './json-texts.js';

const SEED = 20_261_122;
const TEXTS = 4000;

/** Reads every text with json.loads and splits it with splitlines; prints what came of it, a line each. */
const PYTHON = `
import json, struct, sys
def shape(v):
    if v is None: return ["null"]
    if isinstance(v, bool): return ["bool", v]
    if isinstance(v, int): return ["int", str(v)]
    if isinstance(v, float): return ["float", struct.pack(">d", v).hex() if v == v else "nan"]
    if isinstance(v, str): return ["string", v.encode("utf-16-be", "surrogatepass").hex()]
    if isinstance(v, list): return ["array", [shape(x) for x in v]]
    return ["object", [[shape(k), shape(x)] for k, x in v.items()]]
for text in json.load(open(sys.argv[1], encoding="utf-8")):
    try: read = shape(json.loads(text))
    except ValueError as e: read = ["error", type(e).__name__]
    lines = text.replace("\\r\\n", "\\n").replace("\\r", "\\n").splitlines()
    print(json.dumps([read, [x.encode("utf-16-be", "surrogatepass").hex() for x in lines]]))
`;

function utf16(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex');
}

/** The same as the Python above makes of a value. */
function shape(node: PyNode): unknown[] {
  switch (node.kind) {
    case 'null':
      return ['null'];
    case 'bool':
      return ['bool', node.value];
    case 'int':
      return ['int', String(node.value)];
    case 'float':
      return ['float', floatBits(node.value)];
    case 'string':
      return ['string', utf16(node.value)];
    case 'other':
      return ['other', node.text];
    case 'array':
      return ['array', node.items.map(shape)];
    case 'object':
      return ['object', [...node.last].map(([key, { value }]) => [['string', utf16(key)], shape(value)])];
  }
}

function floatBits(value: number): string {
  const bits = Buffer.alloc(8);
  bits.writeDoubleBE(value);
  return Number.isNaN(value) ? 'nan' : bits.toString('hex');
}

function read(text: string): unknown[] {
  try {
    return shape(readPythonJson(text));
  } catch (error) {
    return ['error', error instanceof PyJsonError ? error.type : String(error)];
  }
}

test('reads and splits what Python reads and splits, text for text', async () => {
  const source = new JsonTexts(SEED);
  const texts = Array.from({ length: TEXTS }, () => source.next());
  const file = path.join(tempDir(), 'texts.json');
  writeFileSync(file, JSON.stringify(texts));
  const { exitCode, stdout, stderr } = await runPython(['-c', PYTHON, file]);
  expect(exitCode, stderr).toBe(0);
  const python: unknown[] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const lines = (text: string) => splitLines(text).map(({ start, end }) => utf16(text.slice(start, end)));
  const ours = texts.map((text) => ({ text, result: [read(text), lines(text)] }));
  expect(ours).toEqual(texts.map((text, index) => ({ text, result: python[index] })));
  const kinds = texts.map((text) => read(text)[0]);
  expect(kinds.filter((kind) => kind === 'error').length).toBeGreaterThan(TEXTS / 5); // both sides of the line were seen
  expect(kinds.filter((kind) => kind === 'object').length).toBeGreaterThan(TEXTS / 20);
});

test.each([
  ['{"a": 1,}', 7, /a comma too many before the "}"/],
  ['[1, 2,\n]', 5, /a comma too many before the "]"/],
  ['{"a": 1 "b": 2}', 7, /a comma is missing/],
  ['{"a" 1}', 5, /a colon is missing after the key "a"/],
  ['{a: 1}', 1, /a key in double quotes/],
  ['{"a": }', 6, /a value is expected/],
  ['{"a": 1', 7, /ends before its closing "}"/],
  ['// x\n{}', 0, /no comments/],
  ['{ // x\n}', 2, /no comments/],
  ['{"a": 1} x', 9, /more text after the end/],
  ['"a\nb"', 2, /line break or control character/],
  ['"abc', 0, /no closing quote/],
  ['"\\d"', 1, /"\\d" means nothing inside a text/],
  ['\ufeff{}', 0, /byte order mark/],
  ['', 0, /nothing stands here/],
])('%j stops at %i', (text, offset, sentence) => {
  expect(() => readPythonJson(text)).toThrow(sentence);
  expect(() => readPythonJson(text)).toThrow(expect.objectContaining({ offset }));
});

test('every value knows its place, and of a repeated key the last one counts', () => {
  const text = '{"a": 1, "b": [true], "a": "x"}';
  const node = readPythonJson(text);
  if (node.kind !== 'object') throw new Error('not an object');
  const placed = node.members.map(({ key, value }) => [
    text.slice(key.start, key.end),
    text.slice(value.start, value.end),
  ]);
  expect(placed).toEqual([
    ['"a"', '1'],
    ['"b"', '[true]'],
    ['"a"', '"x"'],
  ]);
  expect(node.last.get('a')?.value).toMatchObject({ kind: 'string', value: 'x' });
});

test('what Python refuses by size: digits and depth', () => {
  expect(readPythonJson('1'.repeat(4300))).toMatchObject({ kind: 'int' });
  expect(() => readPythonJson('1'.repeat(4301))).toThrow(expect.objectContaining({ type: 'ValueError' }));
  const deep = '['.repeat(2000) + ']'.repeat(2000);
  expect(() => readPythonJson(deep)).toThrow(expect.objectContaining({ type: 'RecursionError' }));
});

test('a line of a file is read between its ends, with offsets into the whole file', () => {
  const text = '{"a": 1}\n{"b": "x"}';
  const [, second] = splitLines(text);
  const node = readPythonJson(text, second?.start, second?.end);
  expect(node.kind === 'object' && node.last.get('b')?.value).toMatchObject({ start: 15, end: 18 });
});
