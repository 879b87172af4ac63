import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { must } from '../execute.js';
import { messages, SimFolder, shapeOf, TRANSFER25, told } from './sim-run.js';

const SPEC = {
  name: 'street',
  prompt: 'A ruined street',
  video_path: 'color.mp4',
  resolution: '256',
  depth: { control_path: 'depth.mp4', control_weight: 0.5 },
};
const BAR = /\rGenerating samples:\s+\d+%\|[^|]{10}\| \d+\/35 \[\d\d:\d\d<[\d:?]+, [^\]]*\]/;

test('a run: files in place, log lines in order, bars on standard error, what the console hides in debug.log', async () => {
  const folder = await SimFolder.with(SPEC);
  const { code, stdout, stderr } = await folder.run(TRANSFER25);
  expect(code, stderr).toBe(0);
  const out = folder.file('out');
  expect(folder.outputs()).toEqual([
    ...['config.yaml', 'console.log', 'debug.log', 'street.json', 'street.mp4', 'street.txt'],
    'street_control_depth.mp4',
  ]);
  const afterLoad = [
    `Log saved to ${out}/console.log`,
    'Found 1 hint keys across all samples',
    `Saved config to ${out}/config.yaml`,
    "Generating 1 samples: ['street']",
    '[1/1] Processing sample street',
    `Saved arguments to ${out}/street.json`,
    'Running guardrail check on prompt...',
    'Passed guardrail on prompt',
    'Passed guardrail on negative prompt',
    expect.stringMatching(/^Processing the following paths: \{/),
    `depth control video saved to ${out}/street_control_depth.mp4`,
    'Running guardrail check on video...',
    'Passed guardrail on generated video',
    `Generated video saved to ${out}/street.mp4`,
  ];
  expect(messages(stdout).slice(-afterLoad.length)).toEqual(afterLoad);
  expect(messages(folder.text('out', 'console.log'))).toEqual(afterLoad);
  expect(messages(folder.text('out', 'debug.log'))).toContain('Generating chunk 1/1');
  expect(stderr).toMatch(BAR);
  expect(stdout).not.toContain('\r');
  expect(folder.text('out', 'street.txt')).toBe('A ruined street');
  expect(JSON.parse(folder.text('out', 'street.json'))).toMatchObject({ name: 'street', seed: 2025, guidance: 3 });
});

test('it tells its arguments, the names of its environment and what it read, and no secret', async () => {
  const prompt = '$(reboot)\n"\'`\u0000\u2028 é ../ -x';
  const folder = await SimFolder.with({ ...SPEC, prompt });
  const { stdout, stderr } = await folder.run(TRANSFER25, { HF_TOKEN: 'hf_secret' });
  const [process_] = told(stdout, 'process');
  expect(process_?.argv.slice(1)).toEqual(['-i', 'spec.json', '-o', 'out']);
  expect(process_?.env).toContain('HF_TOKEN');
  expect(stdout + stderr).not.toContain('hf_secret');
  expect(told(stdout, 'sample')[0]?.sample.prompt).toBe(prompt);
  const sha256 = (name: string) =>
    createHash('sha256')
      .update(readFileSync(folder.file(name)))
      .digest('hex');
  expect(told(stdout, 'input').map((input) => [input.path, input.sha256])).toEqual([
    [folder.file('color.mp4'), sha256('color.mp4')],
    [folder.file('depth.mp4'), sha256('depth.mp4')],
  ]);
});

test.each([
  ['stretched to the table and back', {}, { width: 642, height: 270 }, '642x270 24/1 5', '320x192 24/1 5'],
  [
    'as the table says',
    { keep_input_resolution: false },
    { width: 160, height: 120 },
    '320x256 24/1 5',
    '320x256 24/1 5',
  ],
  ['a whole frame rate', {}, { fps: '30000/1001' }, '320x192 29/1 5', '320x192 29/1 5'],
  ['fewer frames', { max_frames: 3 }, {}, '320x192 24/1 3', '320x192 24/1 3'],
])('frames: %s', async (_, extra, clip, result, control) => {
  const folder = await SimFolder.with({ ...SPEC, ...extra }, clip);
  expect((await folder.run(TRANSFER25)).code).toBe(0);
  expect(await shapeOf(folder.file('out/street.mp4'))).toBe(result);
  expect(await shapeOf(folder.file('out/street_control_depth.mp4'))).toBe(control);
});

test('every frame is marked: a black clip becomes one with red in it', async () => {
  const folder = await SimFolder.with({ ...SPEC, depth: null, edge: {} });
  const black = ['-f', 'lavfi', '-i', 'color=black:s=320x192:r=24', '-frames:v', '2', '-pix_fmt', 'yuv420p'];
  await must(['ffmpeg', '-y', '-v', 'error', ...black, folder.file('color.mp4')]);
  await folder.run(TRANSFER25);
  // "R G B" of the frames, each as one pixel.
  const mean = ['-vf', 'scale=1:1:flags=area', '-f', 'rawvideo', '-pix_fmt', 'rgb24', folder.file('pixels')];
  await must(['ffmpeg', '-v', 'error', '-i', folder.file('out/street.mp4'), ...mean]);
  const [red = 0, green = 0, , redToo = 0] = readFileSync(folder.file('pixels'));
  expect(Math.min(red, redToo)).toBeGreaterThan(green);
});

test('one frame is an image', async () => {
  const folder = await SimFolder.with({ ...SPEC, max_frames: 1 });
  expect((await folder.run(TRANSFER25)).code).toBe(0);
  expect(folder.outputs()).toEqual(expect.arrayContaining(['street.jpg', 'street_control_depth.jpg']));
  expect(await shapeOf(folder.file('out/street.jpg'))).toMatch(/^320x192 /);
});

test('94 frames are two chunks, each with a bar of its own', async () => {
  const folder = await SimFolder.with({ ...SPEC, num_steps: 2 }, { frames: 94 });
  const { stderr } = await folder.run(TRANSFER25);
  expect(stderr.match(/2\/2 \[/g)).toHaveLength(2);
  const chunks = messages(folder.text('out', 'debug.log')).filter((text) => text.startsWith('Generating chunk'));
  expect(chunks).toEqual(['Generating chunk 1/2', 'Generating chunk 2/2']);
});

test.each([
  ['weights', { depth: { control_path: 'depth.mp4', control_weight: 0.1 } }],
  ['the seed', { seed: 100 }],
])('the frames depend on %s', async (_, extra) => {
  const folder = await SimFolder.with(SPEC);
  await folder.run(TRANSFER25);
  const before = readFileSync(folder.file('out/street.mp4'));
  await folder.run(TRANSFER25);
  expect(readFileSync(folder.file('out/street.mp4')).equals(before)).toBe(true);
  folder.spec({ ...SPEC, ...extra });
  await folder.run(TRANSFER25);
  expect(readFileSync(folder.file('out/street.mp4')).equals(before)).toBe(false);
});

test('a refused spec: where and why on standard error, exit 1, no output folder', async () => {
  const folder = await SimFolder.with({ ...SPEC, guidance: 9 });
  const { code, stderr } = await folder.run(TRANSFER25);
  expect(code).toBe(1);
  expect(stderr).toContain(`Error validating parameters from '${folder.file('spec.json')}' at line 0\n`);
  expect(stderr).toContain('guidance\n  Input should be less than or equal to 7 [type=less_than_equal, input_value=9');
  expect(() => folder.outputs()).toThrow('ENOENT');
});

test.each([
  ['no output folder', ['python', 'examples/inference.py', '-i', 'spec.json']],
  ['an unknown flag', [...TRANSFER25, '--sed', '5']],
  ['an override out of bounds', [...TRANSFER25, '--guidance', '9']],
])('usage: %s exits 2', async (_, argv) => {
  const folder = await SimFolder.with(SPEC);
  expect(await folder.run(argv)).toMatchObject({ code: 2 });
});

test('a flag overrides the field of every sample, in either spelling', async () => {
  const folder = await SimFolder.with(SPEC);
  await folder.run([...TRANSFER25, '--num_steps', '3', '--seed=5']);
  expect(JSON.parse(folder.text('out', 'street.json'))).toMatchObject({ num_steps: 3, seed: 5 });
});

test.each([
  ['an unknown resolution', { resolution: '999' }, 'KeyError'],
  ['a chunk length the model does not have', { num_video_frames_per_chunk: 50 }, 'AssertionError: Input control_input'],
  ['a sigma_max that is no number', { sigma_max: 'x' }, 'ValueError'],
  ['a name in a folder that is not there', { name: 'a/b' }, 'FileNotFoundError'],
])('what the validator lets through ends the run: %s', async (_, extra, text) => {
  const folder = await SimFolder.with({ ...SPEC, ...extra });
  const { code, stderr } = await folder.run(TRANSFER25);
  expect([code, stderr]).toEqual([1, expect.stringContaining(text)]);
});

test('a control that ends before the last chunk fails after the chunks before it', async () => {
  const folder = await SimFolder.with({ ...SPEC, num_steps: 2 }, { frames: 100 });
  await folder.movie('short.mp4', { frames: 90 });
  folder.spec({ ...SPEC, num_steps: 2, depth: { control_path: 'short.mp4' } });
  const { code, stderr } = await folder.run(TRANSFER25);
  expect([code, stderr]).toEqual([1, expect.stringContaining('No input frames; cannot pad')]);
  expect(stderr.match(/2\/2 \[/g)).toHaveLength(1);
});
