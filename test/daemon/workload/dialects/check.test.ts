/** The check as a whole: places, files of several samples, dialects, edits. The rules have tests of their own. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSpec, requireOk } from '../../../../daemon/workload/dialects/check.js';
import { goodCosmos3 as c3, goodTransfer25 as t25 } from '../../../support/good-specs.js';
import { checked } from '../../../support/spec-check.js';
import { tempDir } from '../../../support/tmp.js';

test('a good spec of either dialect has no issues', () => {
  expect(checked(t25)).toEqual({
    file: '/clips/spec.json',
    engine: 'transfer2.5',
    nvidia: 'accepts',
    stage: null,
    ok: true,
    issues: [],
  });
  expect(checked(c3)).toMatchObject({ engine: 'cosmos3', nvidia: 'accepts', stage: null, ok: true, issues: [] });
});

describe('every issue has its place', () => {
  test('a wrong value is marked from its first to its last character', () => {
    const [issue] = checked({ ...t25, guidance: 7.5 }).issues;
    expect(issue).toMatchObject({ code: 'int_from_float', line: 9, column: 15, endLine: 9, endColumn: 18 });
    expect(issue?.message).toBe('guidance must be a whole number from 0 to 7, not 7.5');
  });

  test('an unknown key is marked itself, with what it should be and the edit that makes it so', () => {
    const [issue] = checked({ ...t25, guidence: 3 }).issues;
    expect(issue).toMatchObject({
      source: 'nvidia',
      code: 'extra_forbidden',
      path: ['guidence'],
      line: 9,
      column: 3,
      endColumn: 13,
    });
    expect(issue?.message).toBe('a Transfer 2.5 spec has no "guidence"');
    expect(issue?.fix).toBe('Did you mean "guidance"?');
    expect(issue?.edits).toEqual([{ line: 9, column: 3, endLine: 9, endColumn: 13, text: '"guidance"' }]);
  });

  test('a missing key is reported at the object that lacks it', () => {
    const { video_path: _, ...rest } = t25;
    expect(checked(`\n  ${JSON.stringify(rest)}`).issues).toMatchObject([
      {
        code: 'missing',
        path: ['video_path'],
        line: 2,
        column: 3,
        message: '"video_path" is missing, and a Transfer 2.5 spec must have it',
      },
    ]);
  });

  test('what concerns the whole sample is reported at its brace', () => {
    expect(checked(`\n${JSON.stringify({ ...t25, edge: null })}`).issues).toMatchObject([
      { code: 'value_error', path: [], line: 2, column: 1, endColumn: 2 },
    ]);
  });

  test('columns count UTF-16 units, lines end as editors have it', () => {
    const text = '{"name": "x",\r\n"prompt": "😀", "seed": "x",\r"video_path": "c.mp4", "edge": {}}';
    expect(checked(text).issues).toMatchObject([{ code: 'int_parsing', line: 2, column: 25 }]);
  });
});

describe('files of several samples', () => {
  const line = (changes: object) => JSON.stringify({ ...t25, ...changes });

  test('each line of a .jsonl is a sample of its own, with its place in the file', () => {
    const text = `${line({})}\n${line({ name: 'b', seed: 'x' })}\n${line({ name: 'c', guidance: 9 })}\n`;
    expect(checked(text, { file: 'spec.jsonl' })).toMatchObject({
      nvidia: 'rejects',
      issues: [
        { code: 'int_parsing', path: ['seed'], line: 2 },
        { code: 'less_than_equal', path: ['guidance'], line: 3 },
      ],
    });
  });

  test('a blank line stops transfer2.5 and not cosmos3', () => {
    const sample = (name: string) => JSON.stringify({ ...c3, name });
    expect(checked(`${line({})}\n\n${line({ name: 'b' })}`, { file: 's.jsonl' })).toMatchObject({
      nvidia: 'rejects',
      issues: [{ code: 'JSONDecodeError', line: 2, column: 1 }],
    });
    expect(checked(`${sample('a')}\n\n${sample('b')}`, { file: 's.jsonl' }).nvidia).toBe('accepts');
  });

  test('transfer2.5 wants another name for every sample', () => {
    const { nvidia, issues } = checked(`${line({})}\n${line({})}`, { file: 's.jsonl' });
    expect(nvidia).toBe('rejects');
    expect(issues).toMatchObject([{ code: 'SystemExit', path: [], line: 2, column: 9 }]);
    expect(issues[0]?.message).toMatch(/the name "lot" is taken/);
  });

  test('a file without a sample is refused by transfer2.5', () => {
    expect(checked('', { file: 's.jsonl', engine: 'transfer2.5' })).toMatchObject({
      nvidia: 'rejects',
      issues: [{ code: 'SystemExit', line: 1, column: 1 }],
    });
  });
});

test.each([
  ['spec.JSON', 'transfer2.5', 'rejects'],
  ['spec.yaml', 'transfer2.5', 'rejects'],
  ['spec', 'cosmos3', 'rejects'],
  ['.json', 'cosmos3', 'rejects'],
  ['spec.yaml', 'cosmos3', 'accepts'],
  ['spec.yml', 'cosmos3', 'accepts'],
] as const)('%s is %s: %s', (file, engine, nvidia) => {
  const spec = engine === 'cosmos3' ? c3 : t25;
  const report = checked(spec, { file, engine });
  expect(report.nvidia).toBe(nvidia);
  if (nvidia === 'rejects') expect(report.issues).toMatchObject([{ code: 'ValueError', path: [] }]);
});

test('YAML is read with its own places', () => {
  const text =
    'name: lot\nprompt: A street\nseed: 1\nvision_path: color.mp4\naspect_ratio: "16,9"\ndepth:\n  control_path: depth.mp4\n  wieght: 0.5\n';
  expect(checked(text, { file: 'spec.yaml', engine: 'cosmos3' }).issues).toMatchObject([
    { code: 'extra_forbidden', path: ['depth', 'wieght'], line: 8, column: 3, fix: 'Did you mean "weight"?' },
  ]);
  expect(checked('a: [1', { file: 'spec.yaml', engine: 'cosmos3' })).toMatchObject({
    nvidia: 'rejects',
    issues: [{ line: 1 }],
  });
});

test('the dialect is told by the keys unless it is given', () => {
  expect(checked(c3).engine).toBe('cosmos3');
  expect(checked({ name: 'a', prompt: 'b' }).engine).toBe('transfer2.5');
  expect(checked(t25, { engine: 'cosmos3' })).toMatchObject({ engine: 'cosmos3', nvidia: 'rejects' });
  expect(checked({ ...t25, blur: {} }).issues[0]?.fix).toBe('Did you mean "vis"?');
});

test('the build stage of cosmos3 is told apart: it fails after the model is loaded', () => {
  const { vision_path: _, aspect_ratio: __, ...rest } = c3;
  const report = checked({ ...rest, depth: {} }, { engine: 'cosmos3' });
  expect(report).toMatchObject({ nvidia: 'rejects', stage: 'build' });
  expect(report.issues.find(({ source }) => source === 'nvidia')).toMatchObject({
    code: 'ValueError',
    path: [],
    line: 5,
  });
});

describe('files are looked for beside the spec, as Python on Linux would', () => {
  const beside = (video_path: string) => {
    const folder = tempDir();
    writeFileSync(path.join(folder, 'color.mp4'), '');
    writeFileSync(path.join(folder, 'edge.mp4'), '');
    mkdirSync(path.join(folder, 'sub'));
    return checkSpec(path.join(folder, 'lot.json'), JSON.stringify({ ...t25, video_path })).issues;
  };
  const missing = { code: 'path_not_file', path: ['video_path'] };

  test.each(['color.mp4', './color.mp4', 'sub/../color.mp4', 'color.mp4/'])('%s is there', (named) => {
    expect(beside(named).filter(({ source }) => source === 'nvidia')).toEqual([]);
  });

  test.each([
    'colour.mp4',
    'COLOR.mp4',
    'away/../color.mp4',
    'sub',
    '',
    '~/color.mp4',
    'https://x.test/color.mp4',
    'a\0b',
  ])('%j is not', (named) => expect(beside(named)).toEqual(expect.arrayContaining([expect.objectContaining(missing)])));

  test('a name that Linux cannot hold ends the reading', () => {
    expect(beside(`${'x'.repeat(300)}.mp4`)).toMatchObject([{ code: 'OSError', path: [] }]);
  });
});

test('the first error is the sentence of a refusal; the others are counted', () => {
  const report = checked({ ...t25, guidance: 9, seed: 'x' });
  expect(() => requireOk(report, 'lot')).toThrow(
    'The spec of lot: guidance must be a whole number from 0 to 7, not 9 (and 1 more). Write 7, the most it takes, or less.',
  );
  expect(() => requireOk(checked(t25), 'lot')).not.toThrow();
});
