/** Every case that was put before NVIDIA's real readers (test/data/README.md): the same verdict, at the same places. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkSpec } from '../../../../daemon/workload/dialects/check.js';
import type { Dialect } from '../../../../schemas/index.js';
import { readCosmos3 } from '../../../../schemas/spec/cosmos3.js';
import { resolveCosmos3 } from '../../../../schemas/spec/cosmos3-build.js';
import { readPythonJson } from '../../../../schemas/spec/python-json.js';
import { tempDir } from '../../../support/tmp.js';

interface Case {
  readonly id: string;
  readonly file: string;
  readonly text: string;
  readonly nvidia: 'accepts' | 'rejects';
  readonly stage?: 'parse' | 'build';
  readonly errors?: readonly { path: (string | number)[]; type: string }[];
  readonly resolved?: Record<string, unknown>;
}

const MEDIA = {
  'transfer2.5': ['render.mp4', 'depth.mp4', 'edge.mp4', 'seg.mp4', 'vis.mp4', 'mask.mp4', 'style.png'],
  cosmos3: [
    'render.mp4',
    'render.mov',
    'render.webm',
    'depth.mp4',
    'edge.mp4',
    'seg.mp4',
    'blur.mp4',
    'wsm.mp4',
    'still.png',
  ],
};

/** The folder that the cases were made in. */
function folderFor(dialect: Dialect): string {
  const folder = tempDir();
  for (const name of MEDIA[dialect]) writeFileSync(path.join(folder, name), '');
  if (dialect === 'transfer2.5') {
    writeFileSync(path.join(folder, 'prompt.txt'), '  a ruined street at dusk \n');
    writeFileSync(path.join(folder, 'empty.txt'), '');
    mkdirSync(path.join(folder, 'masks'));
  } else {
    writeFileSync(path.join(folder, 'prompt.txt'), 'a ruined street');
    writeFileSync(path.join(folder, 'prompt.json'), '{"subjects": []}');
    mkdirSync(path.join(folder, 'dir'));
  }
  return folder;
}

function casesOf(name: string): Case[] {
  const file = fileURLToPath(new URL(`../../../data/${name}`, import.meta.url));
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** pydantic names the halves of a union in the location; an editor cannot point at those. */
function place(at: readonly (string | number)[]): string {
  return JSON.stringify(at.filter((step) => !String(step).startsWith('function-after[')));
}

describe.each([
  ['transfer2.5', 'conformance-transfer25.jsonl', 374],
  ['cosmos3', 'conformance-cosmos3.jsonl', 193],
] as const)('%s', (dialect, name, count) => {
  const cases = casesOf(name);
  test('all cases are there', () => expect(cases).toHaveLength(count));
  test.each(cases)('$id', ({ file, text, nvidia, stage, errors = [] }) => {
    const report = checkSpec(path.join(folderFor(dialect), file), text, { engine: dialect });
    const found = report.issues.filter(({ source }) => source === 'nvidia');
    expect({
      nvidia: report.nvidia,
      stage: report.stage,
      places: new Set(found.map((one) => place(one.path))),
    }).toEqual({
      nvidia,
      stage: nvidia === 'accepts' ? null : (stage ?? 'parse'),
      places: new Set(errors.map((one) => place(one.path))),
    });
    expect(new Set(found.map(({ code }) => code))).toEqual(
      new Set(errors.filter(({ type }) => type !== 'path_not_directory').map(({ type }) => type)),
    );
  });
});

test.each(casesOf('conformance-cosmos3.jsonl').filter(({ resolved }) => resolved !== undefined))(
  'cosmos3 defaults of $id',
  ({ text, resolved }) => {
    const reading = readCosmos3(readPythonJson(text), { entry: () => 'file', text: () => '' });
    if ('type' in reading) throw new Error(reading.type);
    expect(resolveCosmos3(reading.spec)).toMatchObject(resolved ?? {});
  },
);
