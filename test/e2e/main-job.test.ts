/** The main job, as an artist does it: by the command line, with a real daemon started on demand. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Clip, Job } from '../../schemas/index.js';
import { runCosmos } from '../support/cosmos.js';
import { DaemonProcess, type Workspace, workspace } from '../support/daemon.js';
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
});

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
});

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
});

test('presets: saved, sent with, edited by hand, kept while a folder names them, taken out', async () => {
  const space = workspace('# mine\n[daemon]\nlog_level = "warn" # quiet\n');
  const toml = () => readFileSync(space.config, 'utf8');
  const before = toml();
  writeSequences(path.join(space.exports, 'street'));
  const client = await DaemonProcess.start(space).connect();
  await client.call('watch.add', { path: space.exports, settle: 0.2 });
  await until(
    async () => (await client.call('clip.list', {})).clips,
    ([clip]) => clip?.state === 'ready',
  );

  const weights = { depth: 0.5 };
  const night = { name: 'night', values: { engine: 'preview', prompt: 'rain', weights, seed: 3 } } as const;
  expect(await client.call('preset.save', night)).toEqual({ preset: night, file: space.config, replaced: false });
  const options = { preset: 'night' };
  const [job] = (await client.call('job.submit', { targets: ['street'], options })).jobs;
  expect(job?.settings).toMatchObject({ preset: 'night', prompt: 'rain', weights, set: { seed: 3 } });
  const fromJob = await cosmos(space, 'preset', 'save', 'from job', '--from-job', job?.id ?? '', '--set', 'seed=4');
  expect(fromJob).toMatchObject({
    code: 0,
    json: { name: 'from job', values: { engine: 'preview', weights, seed: 4 } },
  });
  const again = await cosmos(space, 'preset', 'save', 'night', '--seed', '4');
  expect(again).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('say --replace') });
  expect(await cosmos(space, 'preset', 'save', 'empty')).toMatchObject({ code: 2, stdout: '' });

  writeFileSync(space.config, toml().replace('seed = 4', 'seed = 5'));
  expect((await cosmos(space, 'preset')).json).toEqual([
    night,
    { ...fromJob.json, values: { engine: 'preview', weights, seed: 5 } },
  ]);
  expect((await client.call('config.get', {})).presets).toEqual(['night', 'from job']);
  const plan = { targets: ['street'], options: { preset: 'from job', prompt: 'sun' } };
  expect((await client.call('job.plan', plan)).plans[0]?.spec).toContain('"seed": 5');

  await client.call('watch.setAutoSend', { path: space.exports, autoSend: false, preset: 'night' });
  const remove = () => client.call('preset.remove', { name: 'night' });
  await expect(remove()).rejects.toMatchObject({ code: 'wrong_state', data: { folders: [space.exports] } });
  await client.call('watch.setAutoSend', { path: space.exports, autoSend: false, preset: 'from job' });
  await remove();
  expect(toml()).toMatch(/^# mine\n\[daemon\]\nlog_level = "warn" # quiet\n\n\[preset\."from job"\]\n/);

  writeFileSync(space.config, `${before}[preset.night]\nseed = one\n`);
  const broken = client.call('job.submit', { targets: ['street'], options });
  await expect(broken).rejects.toMatchObject({ code: 'config_invalid', data: { file: space.config, line: 5 } });
});

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
