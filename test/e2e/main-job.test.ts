/** The main job, as an artist does it: by the command line, with a real daemon started on demand. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Clip, Job } from '../../schemas/index.js';
import { runCosmos } from '../support/cosmos.js';
import { type Workspace, workspace } from '../support/daemon.js';
import { writeSequences } from '../support/passes.js';

/** `cosmos ...` in this workspace; stdout parsed as JSON. */
async function cosmos(space: Workspace, ...args: string[]) {
  const result = await runCosmos(
    { stateDir: space.stateDir, cwd: space.folder },
    '--config',
    space.config,
    '--json',
    ...args,
  );
  return { ...result, json: result.stdout === '' ? null : JSON.parse(result.stdout) };
}

function newWorkspace(toml = ''): Workspace {
  const space = workspace(toml);
  onTestFinished(async () => {
    await cosmos(space, 'daemon', 'stop');
  });
  return space;
}

test('watch, submit --wait, result: from an export folder to a verified video with provenance', async () => {
  const space = newWorkspace();
  writeSequences(path.join(space.exports, 'street'));

  expect(await cosmos(space, 'watch', 'add', space.exports, '--settle', '0.2')).toMatchObject({ code: 0 });
  await readyClip(space, 'street');
  const submitted = await cosmos(
    space,
    'submit',
    'street',
    '--prompt',
    'a street in rain',
    '--weight',
    'depth=0.5',
    '--wait',
  );

  expect(submitted).toMatchObject({ code: 0 });
  const job = Job.parse(submitted.json);
  expect(job).toMatchObject({ state: 'succeeded', engine: 'preview', host: 'local', attempt: 1, error: null });
  expect(job.output).toBe(path.join(space.exports, 'street', 'street_preview.mp4'));

  const provenance = JSON.parse(readFileSync(path.join(space.exports, 'street', 'street_preview.json'), 'utf8'));
  expect(JSON.stringify(provenance)).toContain('a street in rain');
  const [result] = (await cosmos(space, 'result', 'ls')).json;
  expect(result).toMatchObject({ job: job.id, frames: 8, width: 64, height: 48, fps: 24, preview: true, stale: false });
  expect(existsSync(result.contactSheet)).toBe(true);
  expect(existsSync(result.poster)).toBe(true);

  const logs = await runCosmos({ stateDir: space.stateDir }, 'logs', job.id);
  expect(logs.stdout).toContain('Processing sample');
  expect((await cosmos(space, 'result', 'mark', job.id, 'star')).json).toMatchObject({ mark: 'star' });
}, 120_000);

test('auto-send: a new clip runs by itself once, a clip that was there already does not', async () => {
  const space = newWorkspace();
  writeSequences(path.join(space.exports, 'old'));
  await cosmos(space, 'watch', 'add', space.exports, '--settle', '0.2');
  const old = await readyClip(space, 'old');
  expect(old.existing).toBe(true);
  await cosmos(space, 'watch', 'auto-send', space.exports, 'on');
  writeSequences(path.join(space.exports, 'new'));
  await readyClip(space, 'new');

  const jobs = await until(
    async () => Job.array().parse((await cosmos(space, 'queue')).json),
    (list) => list.some(({ state }) => state === 'succeeded'),
  );
  expect(jobs.map(({ name, state }) => ({ name, state }))).toEqual([{ name: 'new', state: 'succeeded' }]);
}, 120_000);

test('a clip that is not ready is refused with its reason', async () => {
  const space = newWorkspace();
  writeSequences(path.join(space.exports, 'short'), { passes: ['color'], last: 8 });
  writeSequences(path.join(space.exports, 'short'), { passes: ['depth'], last: 7 });
  await cosmos(space, 'watch', 'add', space.exports, '--settle', '0.2');
  await until(
    () => clipNamed(space, 'short'),
    (clip) => clip?.state === 'incomplete',
  );

  const refused = await cosmos(space, 'submit', 'short');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('depth');
  expect(refused.stderr).not.toContain('    at ');
}, 60_000);

test('presets: saved from choices and from a job, edited by hand, sent with, kept while they are used, taken out', async () => {
  const space = newWorkspace('# mine\n[daemon]\nlog_level = "warn" # quiet\n');
  writeSequences(path.join(space.exports, 'street'));
  const toml = () => readFileSync(space.config, 'utf8');
  const before = toml();
  await cosmos(space, 'watch', 'add', space.exports, '--settle', '0.2');
  await readyClip(space, 'street');

  const night = { engine: 'preview', prompt: 'rain', weights: { depth: 0.5 }, seed: 3, set: { max_frames: 4 } };
  const options = ['--engine', 'preview', '--prompt', 'rain', '--weight', 'depth=0.5', '--set', 'max_frames=4'];
  const save = ['preset', 'save', 'night', ...options, '--seed', '3'];
  expect(await cosmos(space, ...save)).toMatchObject({ code: 0, json: { name: 'night', values: night } });
  expect(await cosmos(space, ...save)).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('--replace'),
  });
  const { json: job } = await cosmos(space, 'submit', 'street', '--preset', 'night');
  expect(job.settings).toMatchObject({ preset: 'night', prompt: 'rain', weights: { depth: 0.5 }, set: { seed: 3 } });

  const { prompt: _, ...settings } = night;
  const fromJob = await cosmos(space, 'preset', 'save', 'from job', '--from-job', job.id, '--seed', '4');
  expect(fromJob.json).toEqual({ name: 'from job', values: { ...settings, seed: 4 } });
  writeFileSync(space.config, toml().replace('seed = 4', 'seed = 5'));
  expect((await cosmos(space, 'preset', 'show', 'from job')).json.values.seed).toBe(5);
  expect((await cosmos(space, 'preset', 'ls')).json.map(({ name }: { name: string }) => name)).toEqual([
    'night',
    'from job',
  ]);

  await cosmos(space, 'watch', 'auto-send', space.exports, 'off', '--preset', 'night');
  const used = await cosmos(space, 'preset', 'rm', 'night');
  expect(used).toMatchObject({ code: 1, stderr: expect.stringContaining(space.exports) });
  await cosmos(space, 'watch', 'auto-send', space.exports, 'off', '--preset', 'from job');
  expect(await cosmos(space, 'preset', 'rm', 'night')).toMatchObject({ code: 0, json: { name: 'night' } });
  expect(toml()).toMatch(/^# mine\n\[daemon\]\nlog_level = "warn" # quiet\n\n\[preset\."from job"\]\n/);

  writeFileSync(space.config, `${before}[preset.night]\nseed = one\n`);
  const broken = await cosmos(space, 'submit', 'street', '--preset', 'night');
  expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining(`${space.config}:5`) });
  expect(await cosmos(space, 'preset', 'save', 'empty')).toMatchObject({ code: 2, stdout: '' });
}, 120_000);

async function clipNamed(space: Workspace, name: string): Promise<Clip | undefined> {
  const clips: Clip[] = (await cosmos(space, 'clip', 'ls')).json;
  return clips.find((clip) => clip.name === name);
}

async function readyClip(space: Workspace, name: string): Promise<Clip> {
  const clip = await until(
    () => clipNamed(space, name),
    (found) => found?.state === 'ready',
  );
  if (clip === undefined) throw new Error(`no clip ${name}`);
  return clip;
}

/** Asks again until the answer is right; the test's own timeout ends it. */
async function until<T>(ask: () => Promise<T>, right: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (right(answer)) return answer;
  }
}
