/** A control that says nothing: held before anything is staged, released by a person for good. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Clip, Job, type MeasuredPass } from '../../schemas/index.js';
import { runCosmos } from '../support/cosmos.js';
import { type Workspace, workspace } from '../support/daemon.js';
import { frameFile, writePng, writeSequences } from '../support/passes.js';

const SENTENCE =
  'depth: every pixel of all 4 frames is 255; depth.####.png was read as 0 to 0. ' +
  'Look at the export, or release the job as it is (`cosmos job release`).';

async function cosmos(space: Workspace, ...args: string[]) {
  const world = { stateDir: space.stateDir, cwd: space.folder };
  const result = await runCosmos(world, '--config', space.config, '--json', ...args);
  return { ...result, json: result.stdout === '' ? null : JSON.parse(result.stdout) };
}

/** A workspace whose clip "street" has a depth pass of black images; the clip is ready. */
async function blackDepth(toml = ''): Promise<Workspace> {
  const space = workspace(toml);
  onTestFinished(async () => {
    await cosmos(space, 'daemon', 'stop');
  });
  const folder = path.join(space.exports, 'street');
  writeSequences(folder, { passes: ['color'], last: 4 });
  for (let frame = 1; frame <= 4; frame++) writePng(frameFile(folder, 'depth', frame), 64, 48, () => [0, 0, 0]);
  await cosmos(space, 'watch', 'add', space.exports, '--settle', '0.2');
  await until<Clip[]>(
    async () => (await cosmos(space, 'clip', 'ls')).json,
    (clips) => clips[0]?.state === 'ready',
  );
  return space;
}

/** The job when it waits for a person or has ended. */
async function settled(space: Workspace, id: string): Promise<Job & { readonly passes?: readonly MeasuredPass[] }> {
  return until(
    async () => (await cosmos(space, 'job', 'show', id)).json,
    ({ state }: Job) => ['held', 'succeeded', 'failed', 'refused', 'cancelled'].includes(state),
  );
}

/** Asks again until the answer is right; the test's own timeout ends it. */
async function until<T>(ask: () => Promise<T>, right: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (right(answer)) return answer;
  }
}

function only(json: unknown): Job {
  return Job.parse(Array.isArray(json) ? json[0] : json);
}

test('a job of black depth is held before it is staged; released it runs, and nothing made of it is held again', async () => {
  const space = await blackDepth();
  const { id } = only((await cosmos(space, 'submit', 'street', '--prompt', 'rain')).json);
  const held = await settled(space, id);
  expect(held).toMatchObject({ state: 'held', reason: SENTENCE, attempt: 0, run: null });
  expect(held.passes?.map(({ pass, finding }) => [pass, finding === null])).toEqual([
    ['color', true],
    ['depth', false],
  ]);
  const runs = path.join(space.stateDir, 'runs');
  expect(existsSync(runs) ? readdirSync(runs) : []).toEqual([]);
  const shown = await runCosmos({ stateDir: space.stateDir }, 'job', 'show', id);
  expect(shown.stdout).toMatch(/depth: 255 to 255, 100 % of it 255; depth\.####\.png, read as 0 to 0\./);

  await cosmos(space, 'job', 'release', id);
  expect(await settled(space, id)).toMatchObject({ state: 'succeeded', settings: { allowFlat: true } });
  const clone = only((await cosmos(space, 'job', 'clone', id)).json);
  expect(await settled(space, clone.id)).toMatchObject({ state: 'succeeded' });
});

test('--allow-flat runs at once, and a retry of a released job is not held again', async () => {
  const space = await blackDepth();
  const atOnce = await cosmos(space, 'submit', 'street', '--allow-flat', '--prompt', 'rain', '--wait');
  expect(atOnce.json).toMatchObject({ state: 'succeeded', settings: { allowFlat: true } });

  await cosmos(space, 'queue', 'pause');
  const { id } = only((await cosmos(space, 'submit', 'street', '--prompt', 'fog')).json);
  expect(await settled(space, id)).toMatchObject({ state: 'held' });
  for (const verb of ['release', 'cancel', 'retry']) await cosmos(space, 'job', verb, id);
  await cosmos(space, 'queue', 'resume');
  expect(await settled(space, id)).toMatchObject({ state: 'succeeded', settings: { allowFlat: true } });
});
