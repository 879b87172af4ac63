import { readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { probeVideo } from '../../../../daemon/media/probe.js';
import type { MediaTools } from '../../../../daemon/media/tools.js';
import { runProcess } from '../../../../daemon/process.js';
import { Preparer } from '../../../../daemon/workload/transfer/prepare.js';
import type { Clip, Job, JobOptions } from '../../../../schemas/index.js';
import { makeClip } from '../../../support/clips.js';
import { freshStateDir, makeEncoder, mediaTools, oldMediaTools } from '../../../support/encoder.js';
import { frameFile, writePng } from '../../../support/passes.js';
import { makeSubmissions, makeWatch } from '../../../support/submissions.js';
import { tempDir } from '../../../support/tmp.js';

const never = () => new AbortController().signal;
const quiet = () => {};

/** A job of one target, and a preparer that knows its clip. */
async function setup(target: Clip | string, options: JobOptions = {}, tools = mediaTools()) {
  const clips = typeof target === 'string' ? [] : [target];
  const watches = clips.map((clip) => makeWatch(clip.root));
  const fixture = makeSubmissions({ clips, watches });
  const targets = [typeof target === 'string' ? target : target.id];
  const [job] = await fixture.submissions.submit({ targets, options: { prompt: 'Rain', ...options } });
  if (job === undefined) throw new Error('no job');
  const stateDir = freshStateDir();
  const preparerWith = (own: MediaTools) => {
    const { encoder, store } = makeEncoder(own, stateDir);
    const lists = { queue: fixture.queue, clips: fixture.clips, watches: { list: () => watches } };
    return new Preparer({ ...lists, config: { project: {} }, tools: own, stateDir, store, encoder });
  };
  return { job, preparer: preparerWith(await tools), preparerWith, stateDir };
}

test.each([
  ['the ffmpeg found here', mediaTools],
  ['the npm package', oldMediaTools],
])('a clip is frozen, encoded and compiled with %s', async (_, tools) => {
  const { job, preparer, stateDir } = await setup(makeClip(path.join(tempDir(), 'lot')), {}, tools());
  const stages = new Set<string>();
  let last = -1;
  const prepared = await preparer.prepare(job, never(), (stage, fraction) => {
    stages.add(stage);
    expect(fraction).toBeGreaterThanOrEqual(last);
    last = fraction;
  });
  expect([...stages, last]).toEqual(['encoding color', 'encoding depth', 1]);
  expect(prepared).toMatchObject({
    name: 'lot',
    hints: ['depth'],
    media: { frames: 4, width: 64, height: 48, fps: { num: 25, den: 1 } },
    spec: path.join(stateDir.job(job.id), 'spec.json'),
  });
  expect(prepared.inputs.map((input) => input.path)).toEqual(['inputs/color.mp4', 'inputs/depth.mp4']);
  for (const { sha256, bytes } of prepared.inputs) {
    expect(statSync(stateDir.cas(sha256)).size).toBe(bytes);
    expect(await probeVideo(await mediaTools(), stateDir.cas(sha256))).toMatchObject(prepared.media);
  }
  expect(JSON.parse(readFileSync(prepared.spec, 'utf8'))).toMatchObject({
    video_path: 'inputs/color.mp4',
    depth: { control_path: 'inputs/depth.mp4', control_weight: 1 },
  });
});

test('preparing again gives the same, without ffmpeg', async () => {
  const { job, preparer, preparerWith } = await setup(makeClip(path.join(tempDir(), 'lot')), { engine: 'cosmos3' });
  const first = await preparer.prepare(job, never(), quiet);
  const without = preparerWith({ ...(await mediaTools()), ffmpeg: '/nowhere/ffmpeg', ffprobe: '/nowhere/ffprobe' });
  expect(await without.prepare(job, never(), quiet)).toEqual(first);
});

test('a file that changed after the submit fails the job by its name', async () => {
  const clip = makeClip(path.join(tempDir(), 'lot'));
  const { job, preparer, stateDir } = await setup(clip);
  writePng(frameFile(clip.path, 'color', 3), 32, 32, () => [0, 0, 0]);
  await expect(preparer.prepare(job, never(), quiet)).rejects.toMatchObject({
    code: 'clip_changed',
    message: 'color.0003.png changed after the job was submitted; submit again.',
  });
  unlinkSync(frameFile(clip.path, 'color', 3));
  await expect(preparer.prepare(job, never(), quiet)).rejects.toMatchObject({
    message: 'color.0003.png was removed after the job was submitted; submit again.',
  });
  expect(readdirSync(stateDir.casRoot)).toEqual([]);
});

test('a spec with errors fails with its issues before anything is encoded', async () => {
  const { job, preparerWith } = await setup(makeClip(path.join(tempDir(), 'lot')));
  const wrong = { ...job, settings: { ...job.settings, set: { guidence: 4 } } };
  const preparer = preparerWith({ ...(await mediaTools()), ffmpeg: '/nowhere/ffmpeg' });
  await expect(preparer.prepare(wrong, never(), quiet)).rejects.toMatchObject({
    code: 'spec_invalid',
    message: 'The spec of lot: a Transfer 2.5 spec has no "guidence". Did you mean "guidance"?',
    data: { issues: [{ path: ['guidence'] }] },
  });
});

test('max_frames shortens what the engine will see', async () => {
  const { job, preparer } = await setup(makeClip(path.join(tempDir(), 'lot')), { set: { max_frames: 3 } });
  expect((await preparer.prepare(job, never(), quiet)).media.frames).toBe(3);
});

test('aborting leaves no half-written file', async () => {
  const { job, preparer, stateDir } = await setup(makeClip(path.join(tempDir(), 'lot'), {}, { last: 12 }));
  const abort = new AbortController();
  const stopped = new Error('stopped');
  const prepare = preparer.prepare(job, abort.signal, (_, fraction) => fraction > 0.3 && abort.abort(stopped));
  await expect(prepare).rejects.toBe(stopped);
  expect(readdirSync(stateDir.casRoot).filter((name) => name.startsWith('tmp'))).toEqual([]);
});

test('a spec by its path is prepared from its own files', async () => {
  const folder = tempDir();
  const plate = path.join(folder, 'plate.mp4');
  const input = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=64x48:r=24:d=0.25', '-pix_fmt', 'yuv420p'];
  await runProcess((await mediaTools()).ffmpeg, [...input, plate]);
  const spec = path.join(folder, 'street.json');
  const content = {
    name: 'street',
    video_path: 'plate.mp4',
    prompt_path: 'p.txt',
    edge: { control_path: 'plate.mp4' },
  };
  writeFileSync(spec, JSON.stringify(content));
  writeFileSync(path.join(folder, 'p.txt'), ' Fog \n');
  const { job, preparer } = await setup(spec, { prompt: undefined });
  const prepared = await preparer.prepare(job, never(), quiet);
  expect(prepared.media).toMatchObject({ frames: 6, width: 64 });
  expect(prepared.inputs.map((one) => one.path)).toEqual(['inputs/color.mp4', 'inputs/edge.mp4']);
  expect(JSON.parse(readFileSync(prepared.spec, 'utf8'))).toEqual({
    name: 'street',
    prompt: 'Fog',
    video_path: 'inputs/color.mp4',
    edge: { control_path: 'inputs/edge.mp4' },
  });
});

test('a job whose clip is gone says what to do', async () => {
  const { job, preparer } = await setup(makeClip(path.join(tempDir(), 'lot')));
  const other: Job = { ...job, source: { ...job.source, kind: 'clip', clip: 'clip-gone', revision: 1 } };
  await expect(preparer.prepare(other, never(), quiet)).rejects.toMatchObject({
    code: 'not_found',
    message: 'The clip lot is not known any more; add its folder again and submit it again.',
  });
});

test('each pass of a job is measured, and one that says nothing is found', async () => {
  const clip = makeClip(path.join(tempDir(), 'lot'));
  for (let frame = 1; frame <= 4; frame++) writePng(frameFile(clip.path, 'depth', frame), 64, 48, () => [0, 0, 0]);
  const { job, preparer } = await setup(clip);
  const { passes } = await preparer.prepare(job, never(), quiet);
  expect(passes).toMatchObject([
    { pass: 'color', input: 'inputs/color.mp4', source: 'color.####.png', frames: 4, repeated: 0, finding: null },
    {
      ...{ pass: 'depth', input: 'inputs/depth.mp4', repeated: 3, blank: 4 },
      finding: 'depth: every pixel of all 4 frames is 255; depth.####.png was read as 0 to 0',
    },
  ]);
  const light = { ...job, settings: { ...job.settings, weights: { depth: 0 } } } as const;
  expect((await preparer.prepare(light, never(), quiet)).passes?.map(({ finding }) => finding)).toEqual([null, null]);
  const off = { ...job, settings: { ...job.settings, weights: { depth: 'off' } } } as const;
  expect((await preparer.prepare(off, never(), quiet)).passes?.map(({ pass }) => pass)).toEqual(['color']);
});

test('the movies that a spec names are measured, its masks are not', async () => {
  const folder = tempDir();
  const { ffmpeg } = await mediaTools();
  for (const [name, source] of [
    ['plate.mp4', 'testsrc'],
    ['black.mp4', 'color=black'],
    ['mask.mp4', 'color=white'],
  ] as const) {
    const input = [
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      `${source}${source.includes('=') ? ':' : '='}s=64x48:r=24:d=0.25`,
    ];
    await runProcess(ffmpeg, [...input, '-pix_fmt', 'yuv420p', path.join(folder, name)]);
  }
  const spec = path.join(folder, 'street.json');
  const depth = { control_path: 'black.mp4', mask_path: 'mask.mp4' };
  writeFileSync(spec, JSON.stringify({ name: 'street', prompt: 'Fog', video_path: 'plate.mp4', depth }));
  const { job, preparer } = await setup(spec);
  const { passes } = await preparer.prepare(job, never(), quiet);
  expect(passes).toMatchObject([
    { pass: 'color', source: 'plate.mp4', finding: null },
    { pass: 'depth', finding: 'depth: every pixel of all 6 frames is 0 (black.mp4)' },
  ]);
});
