/** The engines on a program that behaves as NVIDIA's at its borders and shares no code with them (test/gpu-host/sim). */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { probeVideo } from '../../../daemon/media/probe.js';
import { findMediaTools } from '../../../daemon/media/tools.js';
import { Cosmos3Engine } from '../../../daemon/workload/cosmos3/cosmos3.js';
import type { Engine, Member, MemberProgress, RunFile } from '../../../daemon/workload/engine.js';
import { portOf } from '../../../daemon/workload/nvidia/torchrun.js';
import { Transfer25Engine } from '../../../daemon/workload/transfer25/transfer25.js';
import { startSim } from '../../gpu-host/sim/direct.js';
import { SimFolder } from '../../gpu-host/sim/sim-run.js';
import { CLIP, memberOf, preparedCosmos3, preparedTransfer25 } from '../../support/cosmos-logs/members.js';
import { falls, finalState } from '../../support/cosmos-logs/torn.js';

const transfer25 = new Transfer25Engine({ guardrails: 'on', checkpoint: null });
const cosmos3 = new Cosmos3Engine({ model: 'Cosmos3-Nano' });

/** A run as the host will do it: files in the run folder, the engine's own command, both outputs in one log. */
async function run(engine: Engine, member: Member, gpus: number, fault = '') {
  const { width, height, frames } = member.prepared.media;
  const folder = new SimFolder();
  const specs = path.posix.dirname(member.spec);
  mkdirSync(folder.file(specs, 'inputs'), { recursive: true });
  const text = readFileSync(member.prepared.spec, 'utf8');
  writeFileSync(folder.file(member.spec), text);
  for (const [name] of text.matchAll(/\w+\.mp4/g)) await folder.movie(`${specs}/${name}`, { width, height, frames });
  const place = { gpus: Array.from({ length: gpus }, (_, index) => index), masterPort: portOf(folder.path) };
  const { argv, env } = engine.command([member], folder.path, place);
  const child = startSim(argv, { cwd: folder.path, env: { ...env, COSMOS_SIM_FAULT: fault } });
  const reader = engine.logReader([member], gpus);
  const told: MemberProgress[] = [];
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      log += bytes.toString();
      told.push(...reader.push(bytes));
    });
  }
  const exitCode = await new Promise<number>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });
  const files = filesOf(folder.path, engine.evidence?.(member) ?? []);
  return { told, log, exitCode, files, folder, outcome: engine.outcome(member, files, log, exitCode) };
}

function filesOf(root: string, evidence: readonly string[]): RunFile[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    const relative = path.relative(root, file);
    const text = evidence.includes(relative) ? { text: readFileSync(file, 'utf8') } : {};
    return { path: relative, bytes: statSync(file).size, ...text };
  });
}

const SMALL = { ...CLIP, width: 322, height: 192, frames: 100 }; // two chunks

test.each([
  ['transfer2.5', 1],
  ['transfer2.5', 4],
  ['cosmos3', 1],
  ['cosmos3', 2],
] as const)('%s on %i GPUs: every chunk is told, and the output is what was expected', async (name, gpus) => {
  const fields = { num_steps: 6, resolution: '256' };
  const engine = name === 'cosmos3' ? cosmos3 : transfer25;
  const made = name === 'cosmos3' ? preparedCosmos3(fields, SMALL) : preparedTransfer25(fields, SMALL);
  const { told, outcome, folder, log } = await run(engine, memberOf(made), gpus);
  expect(outcome.kind, log.slice(-2000)).toBe('succeeded');
  expect([...new Set(told.flatMap(({ chunk }) => (chunk === undefined ? [] : [`${chunk.at}/${chunk.of}`])))]).toEqual([
    '1/2',
    '2/2',
  ]);
  expect(falls(told)).toEqual([]);
  expect(finalState(told)['job-lot']).toMatchObject({ stage: 'finished', fraction: 1 });
  if (outcome.kind !== 'succeeded') return;
  const tools = await findMediaTools();
  expect(await probeVideo(tools, folder.file(outcome.outputs.video))).toMatchObject(engine.expect(made));
});

test.each([
  ['guardrail-prompt', 'refused', /refused the prompt/],
  ['guardrail-video', 'refused', /refused the video: VideoContentSafetyFilter/],
  ['cuda-oom@step:2', 'failed', /^The GPU ran out of memory/],
  ['oom@step:2', 'failed', /^The run was killed from outside/],
  ['nccl@step:2', 'failed', /\(NCCL\)/],
  ['no-output', 'failed', /^The log says that the video was saved as .*lot\.mp4, and it is not there/],
  ['disk-full', 'failed', /^The disk of the host is full/],
  ['gated', 'failed', /^Hugging Face/],
  ['old-driver', 'failed', /driver of the host is too old/],
  ['no-gpu', 'failed', /sees no GPU/],
  ['libcudart', 'failed', /lacks the CUDA library libcudart/],
  ['flash-attn', 'failed', /lacks the Python module flash_attn/],
  ['revision', 'failed', /no longer on Hugging Face/],
])('transfer2.5 with the fault %s is %s', async (fault, kind, message) => {
  const made = preparedTransfer25({ num_steps: 4 }, { ...SMALL, frames: 5 });
  const { outcome, log } = await run(transfer25, memberOf(made), 1, fault);
  expect(outcome, log.slice(-2000)).toMatchObject({ kind, message: expect.stringMatching(message) });
});
