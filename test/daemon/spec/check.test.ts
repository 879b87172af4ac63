import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkSpec } from '../../../daemon/spec/check.js';
import type { CheckReport, Media } from '../../../schemas/index.js';
import { tempDir } from '../../support/tmp.js';

const FILES = ['color.mp4', 'depth.mp4', 'edge.mp4'];

function check(spec: unknown, media: Record<string, Media> = {}): CheckReport {
  const text = typeof spec === 'string' ? spec : JSON.stringify(spec, null, 2);
  const facts = { exists: (file: string) => FILES.includes(file), media: new Map(Object.entries(media)) };
  return checkSpec('/clips/lot.json', text, undefined, facts);
}

const t25 = { name: 'lot', prompt: 'A ruined street', video_path: 'color.mp4', edge: { control_weight: 0.5 } };
const c3 = {
  name: 'lot',
  prompt: 'A street',
  seed: 1,
  vision_path: 'color.mp4',
  aspect_ratio: '16,9',
  depth: { control_path: 'depth.mp4' },
};
const media = (frames: number, width = 64, fps = 24): Media => ({
  frames,
  width,
  height: 48,
  fps: { num: fps, den: 1 },
});

test('a good spec of either dialect has no issues', () => {
  expect(check(t25)).toEqual({
    file: '/clips/lot.json',
    engine: 'transfer2.5',
    nvidia: 'accepts',
    ok: true,
    issues: [],
  });
  expect(check(c3)).toMatchObject({ engine: 'cosmos3', nvidia: 'accepts', ok: true, issues: [] });
});

test('an unknown key is found with its place and a suggestion', () => {
  const report = check({ ...t25, guidence: 3 });
  expect(report.nvidia).toBe('rejects');
  expect(report.issues).toMatchObject([
    { source: 'nvidia', path: ['guidence'], line: 8, column: 3, message: 'a spec has no "guidence"' },
  ]);
  expect(report.issues[0]?.fix).toBe('Did you mean "guidance"?');
});

test('names of the other dialect are recognised', () => {
  expect(check({ ...t25, blur: {} }).issues[0]?.fix).toBe('Did you mean "vis"?');
  expect(check({ ...c3, depth: { control_path: 'depth.mp4', control_weight: 1 } }).issues[0]).toMatchObject({
    source: 'nvidia',
    fix: 'Did you mean "weight"?',
  });
});

test('a typo inside a transfer2.5 control is accepted by NVIDIA and refused by us', () => {
  const report = check({ ...t25, edge: { control_wieght: 0.5 } });
  expect(report).toMatchObject({ nvidia: 'accepts', ok: false });
  expect(report.issues).toMatchObject([
    { source: 'preflight', path: ['edge', 'control_wieght'], fix: 'Did you mean "control_weight"?' },
  ]);
});

test.each([
  [{ guidance: 7.5 }, ['guidance'], /whole number|at most 7/],
  [{ guidance: 9 }, ['guidance'], /at most 7/],
  [{ resolution: 720 }, ['resolution'], /must be text in quotes/],
  [{ edge: { control_weight: 2 } }, ['edge', 'control_weight'], /at most 1/],
  [{ num_conditional_frames: 3 }, ['num_conditional_frames'], /one of 0, 1, 2/],
  [{ edge: null }, [], /at least one control/],
  [{ prompt: undefined }, [], /"prompt" or "prompt_path"/],
  [{ video_path: undefined }, ['video_path'], /required/],
  [{ video_path: 'away.mp4' }, ['video_path'], /there is no file away.mp4/],
])('transfer2.5 rejects %j', (change, at, sentence) => {
  const report = check({ ...t25, ...change });
  expect(report.nvidia).toBe('rejects');
  expect(report.issues[0]).toMatchObject({ severity: 'error', source: 'nvidia', path: at });
  expect(report.issues[0]?.message).toMatch(sentence);
});

test.each([
  [{ num_video_frames_per_chunk: 49 }, 'chunk_size', 'error'],
  [{ resolution: '640' }, 'resolution', 'error'],
  [{ prompt: ' ' }, 'empty_text', 'error'],
  [{ sigma_max: '80' }, 'no_effect', 'warning'],
  [{ depth: { control_path: 'depth.mp4' } }, 'weight_sum', 'warning'],
])('transfer2.5 accepts %j, we do not', (change, code, severity) => {
  const report = check({ ...t25, ...change });
  expect(report.nvidia).toBe('accepts');
  expect(report.issues).toMatchObject([{ source: 'preflight', code, severity }]);
});

test.each([
  [{ seed: undefined }, 'seed', 'error'],
  [{ depth: { control_path: 'depth.mp4', weight: 0.4 } }, 'no_effect', 'warning'],
  [{ depth: {} }, 'control_missing', 'error'],
  [{ depth: null }, 'no_control', 'error'],
  [{ name: '../x' }, 'name', 'error'],
  [{ pickle_file: 'edge.mp4' }, 'unsafe', 'error'],
  [{ aspect_ratio: undefined }, 'aspect_ratio', 'warning'],
  [{ vision_path: undefined, fps: 24 }, 'aspect_ratio', 'warning'],
])('cosmos3 accepts %j, we do not', (change, code, severity) => {
  const report = check({ ...c3, ...change });
  expect(report).toMatchObject({ engine: 'cosmos3', nvidia: 'accepts' });
  expect(report.issues).toMatchObject([{ source: 'preflight', code, severity }]);
});

test.each([
  ['{"name": "a" // comment\n}', 1, 14, /no comments/],
  ['{\n  "name": "a",\n}', 3, 1, /comma too many/],
  ['[]', 1, 1, /one JSON object/],
  ['', 1, 1, /JSON/],
])('%j is no spec', (text, line, column, sentence) => {
  const report = check(text);
  expect(report.nvidia).toBe('rejects');
  expect(report.issues[0]).toMatchObject({ code: 'json', line, column });
  expect(report.issues[0]?.message).toMatch(sentence);
});

test('controls that do not fit the colour video are named', () => {
  const spec = { ...t25, edge: { control_path: 'edge.mp4' } };
  const short = check(spec, { 'color.mp4': media(10), 'edge.mp4': media(8) });
  expect(short).toMatchObject({ nvidia: 'accepts', ok: false });
  expect(short.issues[0]?.message).toBe('edge has 8 frames, the colour video 10: the end would be made up');
  const other = check(spec, { 'color.mp4': media(10), 'edge.mp4': media(10, 32, 25) });
  expect(other.issues.map(({ code }) => code)).toEqual(['size_differs', 'fps_differs']);
  const ntsc = { ...media(10), fps: { num: 24_000, den: 1001 } };
  expect(check(t25, { 'color.mp4': ntsc }).issues[0]?.message).toContain(
    '23.976 frames per second; the result will run at 23',
  );
});

test('files are looked for beside the spec', () => {
  const folder = tempDir();
  writeFileSync(path.join(folder, 'color.mp4'), '');
  const file = path.join(folder, 'lot.json');
  expect(checkSpec(file, JSON.stringify(t25)).ok).toBe(true);
  expect(checkSpec(file, JSON.stringify({ ...t25, video_path: 'colour.mp4' })).issues[0]?.code).toBe('file_missing');
});
