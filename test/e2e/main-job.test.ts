/** The main job, as an artist does it: by the command line, with a real daemon started on demand. */
import { existsSync, readFileSync } from 'node:fs';
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
