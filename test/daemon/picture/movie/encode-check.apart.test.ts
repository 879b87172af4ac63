import path from 'node:path';
import { expect, test } from 'vitest';
import { MovieWriter } from '../../../../daemon/media/frames.js';
import { type DrawnShape, requireFaithful, Samples } from '../../../../daemon/picture/movie/encode-check.js';
import { mediaTools, oldMediaTools } from '../../../support/encoder.js';
import { seededRandom } from '../../../support/random.js';
import { tempDir } from '../../../support/tmp.js';

const WIDTH = 96;
const HEIGHT = 64;
type Draw = (x: number, y: number, frame: number, channel: number) => number;

function frameOf(draw: Draw, frame: number, { width, height, format }: DrawnShape): Buffer {
  const channels = format === 'gray' ? 1 : 3;
  const out = Buffer.alloc(width * height * channels);
  for (let i = 0; i < out.length; i++) {
    const pixel = Math.floor(i / channels);
    out[i] = draw(pixel % width, Math.floor(pixel / width), frame, i % channels);
  }
  return out;
}

interface Trial {
  readonly format?: DrawnShape['format'];
  readonly frames?: number;
  /** What ffmpeg is given instead, in its order. */
  readonly written?: (frames: readonly Buffer[]) => readonly Buffer[];
  readonly size?: { readonly width: number; readonly height: number };
  readonly tools?: typeof mediaTools;
}

async function check(draw: Draw, trial: Trial = {}): Promise<void> {
  const { format = 'gray', frames = 9, written = (all) => all, size, tools = mediaTools } = trial;
  const shape: DrawnShape = { width: WIDTH, height: HEIGHT, format };
  const samples = new Samples(shape, frames);
  const drawn = Array.from({ length: frames }, (_, i) => frameOf(draw, i, shape));
  for (const frame of drawn) samples.add(frame);
  const file = path.join(tempDir(), 'pass.mp4');
  const writer = new MovieWriter(await tools(), file, { ...shape, ...size, fps: { num: 24, den: 1 } });
  for (const frame of written(drawn)) await writer.write(frame);
  await writer.close();
  await requireFaithful(await tools(), file, samples, {});
}

const ball: Draw = (x, y, frame) => (Math.hypot(x - 10 - 8 * frame, y - 30) < 6 ? 220 : 40);
const lines: Draw = (x, y, frame) => ((x + frame) % 17 === 0 || y % 23 === 0 ? 255 : 0);
const stripes: Draw = (x, _, frame, channel) => (channel === 1 ? 0 : (x + frame + channel / 2) % 2 === 0 ? 255 : 0);
const noise =
  (random = seededRandom(3)): Draw =>
  () =>
    Math.floor(random() * 256);
const grain =
  (random = seededRandom(4)): Draw =>
  () =>
    30 + Math.floor(random() * 6);

test.each<[string, Draw, Trial]>([
  ['a ball that moves', ball, {}],
  ['lines', lines, {}],
  ['noise of all greys', noise(), {}],
  ['noise of all colours', noise(), { format: 'rgb24' }],
  ['grain in the dark', grain(), {}],
  ['stripes of one pixel in red and blue', stripes, { format: 'rgb24' }],
  ['a slow fade', (_x, _y, frame) => 20 + frame, {}],
  ['black', () => 0, { format: 'rgb24' }],
  ['white', () => 255, {}],
  ['a single frame', ball, { frames: 1 }],
  ['two frames', ball, { frames: 2 }],
  ['the oldest ffmpeg', ball, { tools: oldMediaTools, format: 'rgb24' }],
])('a faithful movie passes: %s', async (_, draw, trial) => {
  await expect(check(draw, trial)).resolves.toBeUndefined();
});

const later = (all: readonly Buffer[]) => [...all.slice(1), all.at(-1) ?? Buffer.alloc(0)];
const earlier = (all: readonly Buffer[]) => [all[0] ?? Buffer.alloc(0), ...all.slice(0, -1)];
const zero = (all: readonly Buffer[]) => all.map((frame) => Buffer.alloc(frame.length));
const swapped = (all: readonly Buffer[]) =>
  all.map((frame) => Buffer.from(frame.map((_, i) => frame[i - (i % 3) + (2 - (i % 3))] ?? 0)));

test.each<[string, Draw, Trial, RegExp]>([
  ['every frame shown one too early', ball, { written: later }, /shows frame 1 of 9 as frame 2\./],
  ['every frame shown one too late', ball, { written: earlier }, /shows frame 5 of 9 as frame 4\./],
  ['lines one too early', lines, { written: later }, /shows frame 1 of 9 as frame 2\./],
  ['noise one too late', noise(), { written: earlier }, /shows frame 5 of 9 as frame 4\./],
  ['black', ball, { written: zero }, /shows frame 1 of 9 with another brightness/],
  ['black in place of the dark', () => 8, { written: zero }, /shows frame 1 of 9 with another brightness/],
  [
    'another last frame',
    ball,
    { written: (all) => [...all.slice(0, -1), Buffer.alloc(WIDTH * HEIGHT, 47)] },
    /frame 9 of 9/,
  ],
  ['a frame too few', ball, { written: (all) => all.slice(1) }, /has 8 frames of 96x64 instead of 9 frames of 96x64/],
  ['another size of as many bytes', ball, { size: { width: 64, height: 96 } }, /of 64x96 instead of 9 frames of 96x64/],
  ['red in place of blue', (_x, y, _f, c) => (c === 0 ? 200 : y), { format: 'rgb24', written: swapped }, /colour/],
])('a movie that shows something else fails: %s', async (_, draw, trial, message) => {
  await expect(check(draw, trial)).rejects.toMatchObject({
    code: 'encode_failed',
    message: expect.stringMatching(message),
  });
});
