/** What a person reads of each kind of complaint: what is wrong, what is allowed, what to do. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Dialect, Issue } from '../../../../schemas/index.js';
import { goodCosmos3 as c3, goodTransfer25 as t25 } from '../../../support/good-specs.js';
import { type Checked, checked } from '../../../support/spec-check.js';

const { name: _name, ...unnamed } = t25;
const { depth: _depth, ...bare } = c3;
const away: Checked = { facts: { entry: (named) => (named === 'sub' ? 'folder' : 'none'), text: () => null } };
const near: Checked = { facts: { ...away.facts, near: () => ['Color.mp4'] } };

test.each<[string, object | string, string, string, Checked?]>([
  ['missing', unnamed, '"name" is missing, and a Transfer 2.5 spec must have it', 'Add "name" with text in quotes: '],
  ['extra_forbidden', { ...t25, guidence: 3 }, 'a Transfer 2.5 spec has no "guidence"', 'Did you mean "guidance"?'],
  ['extra_forbidden', { ...t25, fps: 24 }, 'a Transfer 2.5 spec has no "fps"', 'Remove it: only Cosmos 3 knows it.'],
  ['extra_forbidden', { ...t25, toString: 1 }, 'a Transfer 2.5 spec has no "toString"', 'Remove it.'],
  [
    'extra_forbidden',
    { ...c3, my_shot: 7 },
    'a Cosmos 3 spec has no "my_shot"',
    'Remove it, or move it into "extra", where data of your own may stand.',
  ],
  [
    'less_than_equal',
    { ...t25, guidance: 9 },
    'guidance must be a whole number from 0 to 7, not 9',
    'Write 7, the most it takes, or less.',
  ],
  [
    'less_than_equal',
    { ...t25, edge: { control_weight: 80 } },
    'edge.control_weight must be a number from 0 to 1, not 80',
    'Write 0.8 for 80 %, or 1, the most it takes.',
  ],
  [
    'greater_than',
    { ...t25, num_steps: 0 },
    'num_steps must be a whole number above 0, not 0',
    'Write 1, the least it takes, or more.',
  ],
  [
    'float_parsing',
    { ...t25, edge: { control_weight: '0,5' } },
    'edge.control_weight must be a number from 0 to 1, not "0,5"',
    'Write 0.5.',
  ],
  ['int_type', { ...t25, seed: [7] }, 'seed must be a whole number, not [7]', 'Write 7.'],
  [
    'int_parsing_size',
    { ...t25, seed: 1e30 },
    'seed must be a whole number of at most 18 digits, not 1e+30',
    'Write a number with fewer digits.',
  ],
  [
    'literal_error',
    { ...t25, edge: { preset_edge_threshold: 'hihg' } },
    'edge.preset_edge_threshold must be one of "very_low", "low", "medium", "high", "very_high", not "hihg"',
    'Did you mean "high"?',
  ],
  [
    'bool_parsing',
    { ...t25, show_input: 'maybe' },
    'show_input must be true or false, not "maybe"',
    'Write true or false, without quotes.',
  ],
  [
    'model_type',
    { ...t25, edge: 'edge.mp4' },
    'edge must be an object: { ... }, not "edge.mp4"',
    'Write edge as an object: { "control_path": ... }.',
  ],
  [
    'path_not_file',
    { ...t25, video_path: 'color.mp4' },
    'video_path names "color.mp4", and there is no such file',
    'Name it from the folder of the spec; capital and small letters count.',
    away,
  ],
  [
    'path_not_file',
    { ...t25, video_path: 'color.mp4' },
    'video_path names "color.mp4", and there is no such file',
    'Did you mean "Color.mp4"? Capital and small letters count.',
    near,
  ],
  [
    'path_not_file',
    { ...t25, video_path: 'sub' },
    'video_path names "sub", which is a folder and not a file',
    'Name it from the folder of the spec; capital and small letters count.',
    away,
  ],
  [
    'path_not_file',
    { ...t25, video_path: 'in\\color.mp4' },
    'video_path names "in\\\\color.mp4", and there is no such file',
    'Write "/" between folders: the models run on Linux.',
    away,
  ],
  [
    'path_not_file',
    { ...t25, video_path: 'https://h/x.mp4' },
    "video_path is an address, and NVIDIA's code fetches nothing for this field",
    'Download the file and name it here.',
    away,
  ],
  ['OSError', { ...t25, video_path: 'x' }, 'video_path names "x", which cannot be looked at', 'Name it', unreadable()],
  [
    'TypeError',
    { ...unnamed, name: 'a', prompt: null, prompt_path: 5 },
    'prompt_path must be the path of an existing file, not 5',
    'Write the path of an existing file.',
  ],
  [
    'value_error',
    { ...t25, edge: null },
    'there is no control in this spec, and it must have at least one of edge, depth, vis and seg',
    'Add one: "depth": { "control_path": "depth.mp4" }, or "edge": {} to have it computed from video_path.',
  ],
  [
    'value_error',
    { ...t25, vis: {}, image_context_path: 'a.png' },
    'vis and image_context_path both set the style, and a spec may have only one of them',
    'Remove one of the two.',
  ],
  [
    'value_error',
    { ...bare, max_frames: 9, show_input: true },
    'there is no control in this spec, and max_frames and show_input are for transfers only',
    'Add at least one of edge, blur, depth, seg and wsm: "edge": { "control_path": "edge.mp4" }.',
  ],
  [
    'ValueError',
    { ...c3, num_frames: 1 },
    'num_frames 1 makes one image, and Cosmos 3 makes no image from a video',
    'Remove num_frames to make a video.',
  ],
  [
    'TypeError',
    '7',
    'this is a number, and a spec is one JSON object: { ... }',
    'Write the fields of the spec between',
  ],
  ['JSONDecodeError', '{"name": "x",}', 'there is a comma too many before the "}"', 'Remove the comma.'],
  ['JSONDecodeError', '{"name": True}', 'a value is expected here', 'Write true, in small letters.'],
])('%s %j', (code, spec, message, fix, world) => {
  const found = checked(spec, world).issues.find((one) => one.source === 'nvidia' && one.code === code);
  expect(found?.message.startsWith(message)).toBe(true);
  expect(found?.fix?.startsWith(fix)).toBe(true);
});

function unreadable(): Checked {
  return { facts: { entry: () => 'unreadable' } };
}

/** Names of pydantic's and Python's errors, and pydantic's sentences. */
const NOT_OURS =
  /extra_forbidden|literal_error|value_error|path_not_file|less_than|greater_than|finite_number|(?:int|float|bool|string|list|dict|model|tuple|path)_(?:type|parsing)|Input should|Extra inputs|Field required|Value error|pydantic|undefined|\[object|native code|Error\b/;

test.each([
  ['transfer2.5', 'conformance-transfer25.jsonl'],
  ['cosmos3', 'conformance-cosmos3.jsonl'],
] as const)(
  'no sentence about the recorded cases of %s is one of pydantic, and each refusal says what to do',
  (engine, name) => {
    const sentences = casesOf(name).flatMap(({ file, text }) => issuesOf(file, text, engine));
    const foreign = sentences.filter(({ message, fix }) =>
      NOT_OURS.test(`${message} ${fix ?? ''}`.replaceAll(/"[^"]*"/g, '')),
    );
    expect(foreign.map(({ message, fix }) => `${message} | ${fix}`)).toEqual([]);
    const helpless = sentences.filter(({ fix, message }) => fix === undefined && !/no prompt: /.test(message));
    expect(helpless.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  },
);

function casesOf(name: string): { readonly file: string; readonly text: string }[] {
  const file = fileURLToPath(new URL(`../../../data/${name}`, import.meta.url));
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function issuesOf(file: string, text: string, engine: Dialect): (Issue & { fix?: string })[] {
  return ['file', 'none'].flatMap(
    (entry) => checked(text, { file, engine, facts: { entry: () => entry as 'file' } }).issues,
  );
}
