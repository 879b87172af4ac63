/**
 * 1,000 spec files through the whole check without looking into media, beside JSON.parse and ajv with the JSON Schema of
 * the same dialect in the same process: that validates the shape alone, without positions, files or preflight rules.
 * Then the same files through the command, from its start to its end.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { systemClock } from '../../daemon/clock.js';
import { checkSpec } from '../../daemon/workload/dialects/check.js';
import { Transfer25Model } from '../../schemas/spec/transfer25.js';

const FILES = 1000;
const ROUNDS = 5;
/** One in so many has a mistake. */
const WRONG = 5;
/** Issue 3: milliseconds for all files in one process. */
const ANCHOR_MS = 2000;

const cosmos = fileURLToPath(new URL('../../daemon/cli/start.cjs', import.meta.url));

export async function bench(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-bench-'));
  try {
    const files = writeSpecs(folder);
    report(files);
    reportCommand(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Shots of a sequence: the same controls, other names, prompts and numbers; some with a mistake. */
function writeSpecs(folder: string): string[] {
  mkdirSync(path.join(folder, 'inputs'));
  for (const name of ['color', 'depth', 'edge']) writeFileSync(path.join(folder, 'inputs', `${name}.mp4`), '');
  return Array.from({ length: FILES }, (_, index) => {
    const file = path.join(folder, `shot${String(index).padStart(4, '0')}.json`);
    writeFileSync(file, `${JSON.stringify(specOf(index), null, 2)}\n`);
    return file;
  });
}

function specOf(index: number) {
  return {
    name: `shot${index}`,
    prompt: `A street at dusk after rain, take ${index}: wet asphalt mirrors the lamps while people hurry home.`,
    negative_prompt: 'cartoon, low contrast, flicker',
    video_path: 'inputs/color.mp4',
    seed: index,
    guidance: index % WRONG === 0 ? 7.5 : 3,
    num_steps: 20 + (index % 16),
    resolution: '720',
    depth: { control_path: 'inputs/depth.mp4', control_weight: 0.4 },
    edge: { control_path: 'inputs/edge.mp4', control_weight: 0.6, preset_edge_threshold: 'medium' },
  };
}

function report(files: readonly string[]): void {
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(Transfer25Model.schema);
  const ours = (file: string) => checkSpec(file, readFileSync(file, 'utf8')).ok;
  const peer = (file: string) => validate(JSON.parse(readFileSync(file, 'utf8')));
  const rounds = Array.from({ length: ROUNDS }, () => ({ ours: time(files, ours), peer: time(files, peer) }));
  const [first] = rounds;
  const [mine, theirs] = [median(rounds.map((round) => round.ours)), median(rounds.map((round) => round.peer))];
  console.log(
    `check:      ${say(mine)}; the first round, not warm: ${first?.ours.toFixed(0)} ms (anchor < ${ANCHOR_MS} ms)`,
  );
  console.log(`JSON + ajv: ${say(theirs)}`);
  console.log(`ratio ${(mine / theirs).toFixed(1)}; medians of ${ROUNDS} rounds of ${FILES} files in one process`);
}

/** Milliseconds; a verdict that is the same for all files would mean that nothing was checked. */
function time(files: readonly string[], isOk: (file: string) => boolean): number {
  const start = systemClock.monotonic();
  const ok = files.filter(isOk).length;
  const taken = systemClock.monotonic() - start;
  if (ok !== FILES - FILES / WRONG) throw new Error(`${ok} of ${FILES} specs are ok`);
  return taken;
}

function reportCommand(folder: string): void {
  const args = [cosmos, '--state-dir', folder, 'spec', 'check', '--no-media', '--json', path.join(folder, '*.json')];
  const start = systemClock.monotonic();
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  const taken = systemClock.monotonic() - start;
  const reports = stdout.trimEnd().split('\n').length;
  if (reports !== FILES) throw new Error(`${reports} reports on ${FILES} specs`);
  console.log(`cosmos spec check --no-media --json, the whole process: ${say(taken)} (anchor < ${ANCHOR_MS} ms)`);
}

function say(ms: number): string {
  return `${ms.toFixed(0)} ms, ${((FILES / ms) * 1000).toFixed(0)} files/s`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
