import { expect, test } from 'vitest';
import { cutFrames } from '../../../daemon/media/cut-frames.js';
import { decodeFrames } from '../../../daemon/media/frames.js';
import { mediaTools } from '../../support/encoder.js';

const PATIENT = { writer: 'ffmpeg', patience: 60_000, giveUp: () => {} };

async function* pieces(...lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  let next = 0;
  for (const length of lengths) yield Uint8Array.from({ length }, () => next++ % 256);
}

test('frames are cut whatever the pieces are', async () => {
  const frames: number[][] = [];
  const cutting = cutFrames(pieces(1, 0, 5, 2, 9), { size: 4, ...PATIENT });
  let step = await cutting.next();
  for (; step.done !== true; step = await cutting.next()) frames.push([...step.value]);
  expect(frames).toEqual([0, 4, 8, 12].map((first) => [first, first + 1, first + 2, first + 3]));
  expect(step.value).toBe(1); // byte left over
});

test('one frame too many ends an endless stream at once', async () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) yield new Uint8Array(64);
  }
  const cutting = cutFrames(endless(), { size: 16, most: 3, ...PATIENT });
  for (let i = 0; i < 3; i++) expect((await cutting.next()).done).toBe(false);
  await expect(cutting.next()).rejects.toThrow('ffmpeg gave more than the 3 frames that were expected.');
});

test('a writer that falls silent is given up', async () => {
  let wake = () => {};
  async function* silent(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(4);
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  const cutting = cutFrames(silent(), { writer: 'ffmpeg', size: 4, patience: 20, giveUp: () => wake() });
  await cutting.next();
  await expect(cutting.next()).rejects.toThrow('ffmpeg gave nothing for');
});

test.each([0, -4, Number.NaN, 1.5])('a frame of %s bytes does not come to be', async (size) => {
  await expect(cutFrames(pieces(8), { size, ...PATIENT }).next()).rejects.toThrow('a frame of');
});

test.each([
  [0, 48],
  [64, 0],
  [-64, 48],
  [64.5, 48],
  [Number.NaN, 48],
  [100_000, 100_000],
])('%s x %s pixels are refused before ffmpeg starts', async (width, height) => {
  const nowhere = { ...(await mediaTools()), ffmpeg: '/nowhere/ffmpeg' };
  const frames = decodeFrames(nowhere, ['-i', 'a.mp4'], { width, height, format: 'rgb24' }, { what: 'a.mp4' });
  await expect(frames.next()).rejects.toThrow(
    `a.mp4 says that it has ${width}x${height} pixels, which cannot be read.`,
  );
});

test('what the source of a feed throws is what is told, and ffmpeg is gone', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('DKIF');
    throw new Error('the disk went away');
  }
  const input = ['-f', 'ivf', '-c:v', 'png', '-i', 'pipe:0'];
  const shape = { width: 8, height: 8, format: 'rgb24' } as const;
  await expect(decodeFrames(await mediaTools(), input, shape, { feed: failing() }).next()).rejects.toThrow(
    'the disk went away',
  );
});

test('a reader who leaves does not wait for a feed that never ends', async () => {
  let ended = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.alloc(64 * 64 * 3, 7);
    } finally {
      ended = true;
    }
  }
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', '64x64', '-i', 'pipe:0'];
  const shape = { width: 64, height: 64, format: 'rgb24' } as const;
  for await (const frame of decodeFrames(await mediaTools(), input, shape, { feed: endless() })) {
    expect(frame[0]).toBe(7);
    break;
  }
  await expect.poll(() => ended).toBe(true);
});

test('more frames than are expected end ffmpeg although it waits to be fed', async () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) yield Buffer.alloc(64 * 64 * 3, 7);
  }
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', '64x64', '-i', 'pipe:0'];
  const shape = { width: 64, height: 64, format: 'rgb24' } as const;
  const read = async () => {
    for await (const _ of decodeFrames(await mediaTools(), input, shape, { feed: endless(), most: 2 }));
  };
  await expect(read()).rejects.toThrow('more than the 2 frames');
});
