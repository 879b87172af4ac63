import { expect, test } from 'vitest';
import { CosmosError } from '../../../../../daemon/errors.js';
import { refusal } from '../../../../../daemon/workload/dialects/fix/fix.js';
import { goodCosmos3 as c3, goodTransfer25 as t25 } from '../../../../support/good-specs.js';
import { fixed, fixedValue, messagesOf } from '../../../../support/spec-fix.js';

test('a whole spec of v1.0 becomes one of today, and every value that goes is named', () => {
  const old = `// Night shot
{
  "prompt": "A street", // wet
  "output_dir": "outputs/night",
  "input_video_path": "color.mp4",
  "control_weight": 0.5,
  "not_keep_input_resolution": true,
  "resolution": 720,
  "sigma_max": 80,
  "edge": {},
  "disable_guardrails": true,
}
`;
  const result = fixed(old);
  expect(result.text).toBe(`{
  "prompt": "A street",
  "video_path": "color.mp4",
  "keep_input_resolution": false,
  "resolution": "720",
  "edge": {"control_weight": 0.5},
  "name": "shot010"
}
`);
  expect(result.report).toMatchObject({ engine: 'transfer2.5', nvidia: 'accepts', ok: true });
  expect(messagesOf(result)).toEqual([
    'took out a comment: Night shot',
    'took out a comment: wet',
    'took out a comma too many',
    'added name: "shot010"',
    'took out output_dir: "outputs/night"',
    'input_video_path is called video_path now',
    'took out control_weight: 0.5',
    'added edge.control_weight: 0.5',
    'took out not_keep_input_resolution: true',
    'added keep_input_resolution: false',
    'resolution is "720" now, not 720',
    'took out disable_guardrails: true',
    'took out sigma_max: 80',
  ]);
  expect(fixed(result.text).changes).toEqual([]);
});

test.each<[string, object, object]>([
  ['an option of the command line', { ...t25, output_dir: 'out' }, t25],
  ['the former name of the video', { ...t25, video_path: undefined, vision_path: 'color.mp4' }, t25],
  ['names of servers', { ...t25, guidance_scale: 3, num_inference_steps: 35 }, { ...t25, guidance: 3, num_steps: 35 }],
  [
    'blur',
    { ...t25, edge: undefined, blur: { mask_path: 'm.mp4' } },
    { ...t25, edge: undefined, vis: { mask_path: 'm.mp4' } },
  ],
  ['a blur that is there as null under its own name', { ...t25, blur: {}, vis: null }, { ...t25, vis: {} }],
  ['weight', { ...t25, edge: { weight: 0.5 } }, { ...t25, edge: { control_weight: 0.5 } }],
  ['a number for text', { ...t25, resolution: 480 }, { ...t25, resolution: '480' }],
  ['a number for a name', { ...t25, name: 42 }, { ...t25, name: '42' }],
  ['no name', { ...t25, name: undefined }, { ...t25, name: 'shot010' }],
  ['a name that is null', { ...t25, name: null }, { ...t25, name: 'shot010' }],
  ['null for a default', { ...t25, negative_prompt: null }, t25],
  ['text for a choice of numbers', { ...t25, num_conditional_frames: '2' }, { ...t25, num_conditional_frames: 2 }],
  [
    'the words of a preset',
    { ...t25, edge: { preset_edge_threshold: 'Very Low' } },
    { ...t25, edge: { preset_edge_threshold: 'very_low' } },
  ],
  ['a slip of the pen', { ...t25, guidence: 3 }, { ...t25, guidance: 3 }],
])('transfer2.5: %s', (_, spec, expected) => {
  expect(fixedValue(spec, { engine: 'transfer2.5' })).toEqual(JSON.parse(JSON.stringify(expected)));
});

test.each<[string, object, object]>([
  [
    'vis',
    { ...c3, depth: undefined, vis: { control_path: 'v.mp4' } },
    { ...c3, depth: undefined, blur: { control_path: 'v.mp4' } },
  ],
  ['video_path', { ...c3, vision_path: undefined, video_path: 'color.mp4' }, c3],
  ['flow_shift', { ...c3, flow_shift: 10 }, { ...c3, shift: 10 }],
  ['a shape with a colon', { ...c3, aspect_ratio: '16:9' }, c3],
  ['720p', { ...c3, resolution: '720p' }, { ...c3, resolution: '720' }],
  ['720 as a number', { ...c3, resolution: 720 }, { ...c3, resolution: '720' }],
  ['guardrails', { ...c3, disable_guardrails: true }, c3],
])('cosmos3: %s', (_, spec, expected) => {
  expect(fixedValue(spec, { engine: 'cosmos3' })).toEqual(JSON.parse(JSON.stringify(expected)));
});

test('one weight for all controls goes to those that have none of their own', () => {
  const edge = { control_path: 'edge.mp4' };
  const old = { ...t25, edge, control_weight: 0.4, blur: {}, seg: { control_path: 's.mp4', control_weight: 0.1 } };
  expect(fixedValue(old)).toEqual({
    ...t25,
    edge: { ...edge, control_weight: 0.4 },
    vis: { control_weight: 0.4 },
    seg: { control_path: 's.mp4', control_weight: 0.1 },
  });
});

test('a list of one spec is unwrapped, in its own dialect', () => {
  const result = fixed([c3]);
  expect(JSON.parse(result.text)).toEqual(c3);
  expect(result.report.engine).toBe('cosmos3');
  expect(messagesOf(result)).toEqual(['took the spec out of the list around it']);
  expect(fixed([t25, t25]).changes).toEqual([]);
});

test.each([
  [7.5, 'The nearest it takes is 7.'],
  [6.5, 'Write 6 or 7.'],
])('guidance %d needs a person', (guidance, fix) => {
  const { changes, report } = fixed({ ...t25, guidance });
  expect(changes).toEqual([]);
  expect(report.issues[0]).toMatchObject({ path: ['guidance'], fix });
});

test.each([{ guidance: 7.0 }, { num_steps: 35.0 }])('%j is right as it is', (given) => {
  expect(fixed({ ...t25, ...given }).changes).toEqual([]);
});

test('29.97 frames per second need a person, 24.0 do not', () => {
  const { changes, report } = fixed({ ...c3, fps: 29.97 });
  expect(changes).toEqual([]);
  expect(report.issues).toContainEqual(expect.objectContaining({ path: ['fps'], fix: 'Write 29 or 30.' }));
  expect(fixed(JSON.stringify({ ...c3, fps: 24 }).replace('24', '24.0')).report.nvidia).toBe('accepts');
});

test('where old and new name are both there, the new one stays and the old value is told', () => {
  const both = { ...t25, blur: { control_weight: 0.2 }, vis: { control_weight: 0.7 } };
  const result = fixed(both);
  expect(JSON.parse(result.text)).toEqual({ ...t25, vis: { control_weight: 0.7 } });
  expect(result.changes).toMatchObject([
    { path: ['blur'], before: '{\n    "control_weight": 0.2\n  }', why: expect.stringContaining('there as well') },
  ]);
});

test('the same inside a control', () => {
  const result = fixed({ ...t25, edge: { weight: 0.2, control_weight: 0.7 } });
  expect(JSON.parse(result.text)).toEqual({ ...t25, edge: { control_weight: 0.7 } });
  expect(result.changes).toMatchObject([{ message: 'took out edge.weight: 0.2', before: '0.2' }]);
  expect(result.report.ok).toBe(true);
});

test('two old names of one field: the first becomes it, the value of the second is told', () => {
  const twice = { ...t25, video_path: undefined, vision_path: 'a.mp4', input_video_path: 'b.mp4' };
  const result = fixed(twice, { engine: 'transfer2.5' });
  expect(JSON.parse(result.text)).toEqual({ ...t25, video_path: 'a.mp4' });
  expect(messagesOf(result)).toEqual(['vision_path is called video_path now', 'took out input_video_path: "b.mp4"']);
});

test('what only the other engine knows is never taken for a slip', () => {
  const { text, report } = fixed({ ...t25, num_frames: 60 }, { engine: 'transfer2.5' });
  expect(JSON.parse(text)).toHaveProperty('num_frames', 60);
  expect(report.issues[0]?.fix).toBe('Remove it: only Cosmos 3 knows it.');
});

test('a near name is left alone where its value does not fit', () => {
  expect(fixed({ ...t25, seeed: 'night' }).changes).toEqual([]);
});

test('layout, order, line ends and the rest of the bytes stay', () => {
  const text =
    '{ "name":"lot",\r\n\t"prompt" : "caf\\u00e9 \u00e9",\r\n\t"video_path":"color.mp4","edge":{},\r\n\t"resolution":720}';
  expect(fixed(text).text).toBe(text.replace('720', '"720"'));
  const unnamed = '{\r\n\t"prompt": "x",\r\n\t"video_path": "c.mp4",\r\n\t"edge": {}\r\n}\r\n';
  expect(fixed(unnamed).text).toBe(unnamed.replace('{}\r\n', '{},\r\n\t"name": "shot010"\r\n'));
});

test('a byte order mark goes, and is told', () => {
  const result = fixed(`\ufeff${JSON.stringify(t25)}`);
  expect(result.text).toBe(JSON.stringify(t25));
  expect(result.changes).toEqual([{ message: 'took out the byte order mark', line: 1, before: '\ufeff' }]);
});

test('a text that nobody can read keeps its comments', () => {
  const text = '{ // mine\n  "name" "lot",\n}';
  expect(fixed(text)).toMatchObject({ text, changes: [], report: { nvidia: 'rejects' } });
});

test('a name is made of the file name, without what is no part of a name', () => {
  expect(fixedValue({ ...t25, name: undefined }, { file: '..shot 010 (v2).json' })).toMatchObject({
    name: 'shot_010_v2',
  });
  expect(fixedValue({ ...t25, name: undefined }, { file: '___.json' })).toMatchObject({ name: 'sample' });
});

test('jsonl: each line for itself, names of their own, blank lines and comments go', () => {
  const { name: _, ...nameless } = t25;
  const text = `# two shots\n${JSON.stringify(nameless)},\n\n${JSON.stringify({ ...nameless, name: 'shots_0' })}\n${JSON.stringify({ ...nameless, resolution: 720 })}\n`;
  const result = fixed(text, { file: 'shots.jsonl' });
  const lines = result.text.split('\n');
  expect(lines).toHaveLength(4);
  expect(lines.slice(0, 3).map((line) => JSON.parse(line))).toMatchObject([
    { name: 'shots_0_2' },
    { name: 'shots_0' },
    { name: 'shots_2', resolution: '720' },
  ]);
  expect(result.report.ok).toBe(true);
  expect(result.changes).toContainEqual(expect.objectContaining({ line: 1, before: '# two shots' }));
  expect(result.changes).toContainEqual(expect.objectContaining({ sample: 2, path: ['resolution'], before: '720' }));
  expect(fixed(result.text, { file: 'shots.jsonl' }).changes).toEqual([]);
});

test('jsonl: a broken line stays, the others are made readable', () => {
  const good = JSON.stringify(t25);
  const result = fixed(`${good.slice(0, -1)},}\n{"name" 1} // broken\n`, { file: 'shots.jsonl' });
  expect(result.text).toBe(`${good}\n{"name" 1} // broken\n`);
});

test('an empty line is no fault to cosmos3', () => {
  const text = `${JSON.stringify(c3)}\n\n${JSON.stringify({ ...c3, name: 'b' })}\n`;
  expect(fixed(text, { file: 'shots.jsonl' }).text).toBe(text);
});

test('a value that two repairs touch is told as it stood in the file', () => {
  const { changes } = fixed({ ...t25, sigma_max: 80 });
  expect(changes).toMatchObject([{ path: ['sigma_max'], before: '80', message: 'took out sigma_max: 80' }]);
});

test('equal values of one key become one, and that is said', () => {
  const text = JSON.stringify(t25).replace('"lot"', '"lot","name":"lot"');
  const result = fixed(text);
  expect(result.text).toBe(JSON.stringify(t25));
  expect(messagesOf(result)).toEqual(['name stands there once less, with the same value']);
});

test('of a key that has to go and stands twice, both values are told', () => {
  const text = JSON.stringify(t25).replace('"lot"', '"lot","output_dir":"a","output_dir":"b"');
  const result = fixed(text);
  expect(result.text).toBe(JSON.stringify(t25));
  expect(result.changes.map(({ before }) => before)).toEqual(['"b"', '"a"']);
});

test('different values of one key need a person', () => {
  const text = JSON.stringify(t25).replace('"lot"', '"lot","name":"park"');
  expect(fixed(text)).toMatchObject({ text, changes: [] });
});

test('YAML and files of other names are refused with a sentence', () => {
  expect(() => fixed('name: lot\n', { file: 'shot.yaml' })).toThrow(CosmosError);
  expect(refusal('a.yml')).toBe('a.yml is YAML, whose layout and comments --fix would not keep: change it by hand.');
  expect(refusal('a.JSON')).toContain('rename it first');
  expect([refusal('a.json'), refusal('a.jsonl')]).toEqual([null, null]);
});
