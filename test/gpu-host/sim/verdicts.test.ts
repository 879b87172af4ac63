/** Both validators of cosmos-sim say what NVIDIA's said to every case (test/data/README.md). */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { tempDir } from '../../support/tmp.js';
import { must } from '../execute.js';
import { simFolder } from './sources.js';

const Errors = z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), type: z.string() }));
const Case = z.object({
  id: z.string(),
  nvidia: z.enum(['accepts', 'rejects']),
  stage: z.enum(['parse', 'build']).nullish(),
  errors: Errors.default([]),
  resolved: z.record(z.string(), z.json()).nullish(),
});
type Case = z.infer<typeof Case>;

const MEDIA = {
  'transfer2.5': ['render.mp4', 'depth.mp4', 'edge.mp4', 'seg.mp4', 'vis.mp4', 'mask.mp4', 'style.png', 'empty.txt'],
  cosmos3: [
    ...['render.mp4', 'render.mov', 'render.webm', 'depth.mp4', 'edge.mp4', 'seg.mp4', 'blur.mp4', 'wsm.mp4'],
    'still.png',
  ],
};

/** The folder that the cases were made in. */
function folderFor(dialect: keyof typeof MEDIA): string {
  const folder = tempDir();
  for (const name of MEDIA[dialect]) writeFileSync(path.join(folder, name), '');
  writeFileSync(path.join(folder, 'prompt.txt'), '  a ruined street at dusk \n');
  writeFileSync(path.join(folder, 'prompt.json'), '{"subjects": []}');
  for (const name of ['masks', 'dir']) mkdirSync(path.join(folder, name));
  return folder;
}

/** The program runs with a small environment, so the package is named by a path and not by PYTHONPATH. */
const RUN =
  'import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); runpy.run_module("cosmos_sim.verdicts", run_name="__main__", alter_sys=True)';

async function verdicts(dialect: keyof typeof MEDIA, cases: string): Promise<Case[]> {
  return read(await must(['python3', '-B', '-c', RUN, simFolder, dialect, folderFor(dialect)], cases));
}

function read(lines: string): Case[] {
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => Case.parse(JSON.parse(line)));
}

/** pydantic names the halves of a union in the location; those two names are no part of the verdict. */
function comparable({ id, nvidia, stage, errors }: Case) {
  const place = (at: readonly (string | number)[]) =>
    at.filter((step) => !/^(function-after\[.*|file|directory)$/.test(String(step))).join('/');
  const found = errors.map((one) => `${place(one.path)}: ${one.type}`);
  return { id, nvidia, stage: nvidia === 'accepts' ? null : (stage ?? 'parse'), errors: [...new Set(found)].sort() };
}

test.each([
  ['transfer2.5', 'conformance-transfer25.jsonl', 374],
  ['cosmos3', 'conformance-cosmos3.jsonl', 193],
] as const)('%s: every verdict, stage, place and kind of error', async (dialect, name, count) => {
  const text = readFileSync(fileURLToPath(new URL(`../../data/${name}`, import.meta.url)), 'utf8');
  const [wanted, said] = [read(text), await verdicts(dialect, text)];
  expect(said).toHaveLength(count);
  expect(said.map(comparable)).toEqual(wanted.map(comparable));
  // transfer2.5's file has no defaults to compare with.
  const resolved = wanted.filter((one) => one.resolved);
  expect(resolved.length > 0).toBe(dialect === 'cosmos3');
  for (const one of resolved) expect(said.find(({ id }) => id === one.id)?.resolved).toMatchObject(one.resolved ?? {});
});
