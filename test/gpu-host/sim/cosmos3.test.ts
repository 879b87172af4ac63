import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COSMOS3, messages, SimFolder, shapeOf } from './sim-run.js';

const SPEC = {
  name: 'street',
  model_mode: 'video2video',
  prompt: 'A ruined street',
  resolution: '256',
  num_steps: 4,
  depth: { control_path: 'depth.mp4' },
};

function answerIn(folder: SimFolder, ...place: string[]) {
  return JSON.parse(folder.text('out', ...place, 'sample_outputs.json'));
}

test('a run: files in place, log lines in order, sample_outputs.json says what there is', async () => {
  const folder = await SimFolder.with(SPEC);
  const { code, stdout, stderr } = await folder.run(COSMOS3);
  expect(code, stderr).toBe(0);
  const out = folder.file('out/street');
  expect(folder.outputs()).toEqual([
    ...['console.log', 'debug.log', 'street/control_depth.mp4', 'street/sample_args.json'],
    ...['street/sample_outputs.json', 'street/vision.mp4'],
  ]);
  expect(messages(stdout)).toEqual([
    'Loaded 1 samples',
    expect.stringMatching(/hf download nvidia\/Cosmos3-Nano$/),
    `[RANK 0] Saved sample args to '${out}/sample_args.json'`,
    `Loaded pre-computed depth control from ${folder.file('depth.mp4')}`,
    expect.stringMatching(/^\[transfer\] final user prompt: A ruined street/),
    `Saved control video to '${out}/control_depth.mp4'`,
    `Saved transfer outputs to '${out}/sample_outputs.json'`,
  ]);
  expect(stdout).toMatch(
    /^\[\d\d-\d\d \d\d:\d\d:\d\d\|job=\|INFO\|cosmos_framework\/scripts\/inference.py:\d+:main\] /m,
  );
  expect(stderr).toMatch(/\rSampling: 100%\|█{10}\| 4\/4 \[\d\d:\d\d<00:00, .*it\/s\]\n/);
  expect(answerIn(folder, 'street')).toMatchObject({
    args: { name: 'street', seed: 7, guidance: 3, control_guidance: 1.5 },
    status: 'success',
    outputs: [{ files: [`${out}/vision.mp4`, `${out}/control_depth.mp4`] }],
  });
});

test.each([
  ['the shape of the control, cropped', {}, { width: 300, height: 240 }, '320x256 24/1 5'],
  ['16,9 by default with a colour video', { vision_path: 'color.mp4' }, { width: 300, height: 240 }, '320x192 24/1 5'],
  ['the rate of the spec', { fps: 10 }, {}, '320x192 10/1 5'],
  ['the rate of the colour video', { vision_path: 'color.mp4', fps: 10 }, { fps: '30' }, '320x192 30/1 5'],
  ['fewer frames', { max_frames: 3 }, {}, '320x192 24/1 3'],
  ['controls beside the result', { show_control_condition: true }, {}, '640x192 24/1 5'],
])('frames: %s', async (_, extra, clip, shape) => {
  const folder = await SimFolder.with({ ...SPEC, ...extra }, clip);
  expect((await folder.run(COSMOS3)).code).toBe(0);
  expect(await shapeOf(folder.file('out/street/vision.mp4'))).toBe(shape);
});

test('one frame is an image when the spec says so, and an error when it does not', async () => {
  const folder = await SimFolder.with({ ...SPEC, num_frames: 1, max_frames: 1 });
  expect((await folder.run(COSMOS3)).code).toBe(0);
  expect(folder.outputs()).toContain('street/vision.jpg');
  folder.spec({ ...SPEC, max_frames: 1 });
  expect((await folder.run(COSMOS3)).code).toBe(1);
});

test('several outputs are folders of their own, with seeds that follow each other', async () => {
  const folder = await SimFolder.with({ ...SPEC, num_outputs: 2 });
  expect((await folder.run(COSMOS3)).code).toBe(0);
  expect(['0', '1'].map((index) => answerIn(folder, 'street', index).args.seed)).toEqual([7, 8]);
});

test('weights are shares: that of a single hint changes nothing', async () => {
  const folder = await SimFolder.with(SPEC);
  await folder.run(COSMOS3);
  const before = readFileSync(folder.file('out/street/vision.mp4'));
  folder.spec({ ...SPEC, depth: { control_path: 'depth.mp4', weight: 0.2 } });
  await folder.run(COSMOS3);
  expect(readFileSync(folder.file('out/street/vision.mp4')).equals(before)).toBe(true);
});

test('a file that does not parse is refused before anything is loaded', async () => {
  const folder = await SimFolder.with({ ...SPEC, vis: {} });
  const { code, stdout, stderr } = await folder.run(COSMOS3);
  expect([code, messages(stdout)]).toEqual([1, []]);
  expect(stderr).toContain(`Error validating parameters from '${folder.file('spec.json')}' at sample 0\nParameters: {`);
  expect(stderr).toContain('vis\n  Extra inputs are not permitted [type=extra_forbidden');
});

test('what is noticed after the model is loaded', async () => {
  const folder = await SimFolder.with({ ...SPEC, depth: {} });
  const late = await folder.run(COSMOS3);
  expect([late.code, messages(late.stdout)[0]]).toEqual([1, 'Loaded 1 samples']);
  expect(late.stderr).toContain("transfer inference requires 'vision_path'");
  folder.spec({ ...SPEC, depth: { control_path: 'depth.mp4', weight: -1 } });
  expect(await folder.run(COSMOS3)).toMatchObject({ code: 1, stderr: expect.stringContaining('AssertionError') });
});

test('--skip-invalid-samples leaves a note instead of a video', async () => {
  const folder = await SimFolder.with({ ...SPEC, depth: {} });
  await folder.run([...COSMOS3, '--skip-invalid-samples']);
  expect(answerIn(folder, 'street')).toMatchObject({
    status: 'skip',
    message: expect.stringContaining("Skipping sample 'street': "),
  });
});

test('usage exits 2', async () => {
  const folder = await SimFolder.with(SPEC);
  expect(await folder.run([...COSMOS3, '--parallelism-preset=fast'])).toMatchObject({ code: 2 });
});
