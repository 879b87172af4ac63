/** Frames, sizes and rates of movies as players show them, whatever the container says. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeMovie } from '../../../daemon/media/movie.js';
import { probeVideo } from '../../../daemon/media/probe.js';
import type { MediaTools } from '../../../daemon/media/tools.js';
import { runProcess } from '../../../daemon/process.js';
import { mediaTools, oldMediaTools } from '../../support/encoder.js';
import { tempDir } from '../../support/tmp.js';

const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

async function ffmpeg(...args: readonly string[]): Promise<void> {
  await runProcess((await mediaTools()).ffmpeg, ['-v', 'error', '-y', ...args]);
}

/** 96x64 at 24 frames a second, moving. */
async function film(file: string, frames: number, ...codec: readonly string[]): Promise<string> {
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=24', '-frames:v', String(frames), ...codec, file);
  return file;
}

/** Made once, for the tests that only write another matrix into it. */
let shared: string;
let prores: Promise<string>;
beforeAll(() => {
  shared = mkdtempSync(path.join(tmpdir(), 'cosmos-test-'));
  prores = film(path.join(shared, 'a.mov'), 2, '-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le');
});
afterAll(() => rmSync(shared, { recursive: true, force: true }));

/** All frames as they are delivered. */
async function delivered(
  tools: MediaTools,
  file: string,
): Promise<{ frames: Buffer[]; width: number; height: number }> {
  const movie = await probeVideo(tools, file);
  const { width, height } = movie;
  const frames: Buffer[] = [];
  for await (const frame of decodeMovie(tools, movie, { width, height, format: 'rgb24' })) frames.push(frame);
  expect(frames).toHaveLength(movie.frames);
  return { frames, width, height };
}

/** Display matrices of the eight ways to hold a camera, with the filters that undo them: a, b, c, d. */
const TURNS: readonly [name: string, matrix: readonly [number, number, number, number], filter: string][] = [
  ['a quarter to the right', [0, 1, -1, 0], 'transpose=clock'],
  ['half a turn', [-1, 0, 0, -1], 'hflip,vflip'],
  ['a quarter to the left', [0, -1, 1, 0], 'transpose=cclock'],
  ['mirrored', [-1, 0, 0, 1], 'hflip'],
  ['upside down', [1, 0, 0, -1], 'vflip'],
  ['mirrored, a quarter to the left', [0, 1, 1, 0], 'transpose=cclock_flip'],
  ['mirrored, a quarter to the right', [0, -1, -1, 0], 'transpose=clock_flip'],
];

/** Writes a matrix into the track header of an mp4 or mov: 16.16 numbers, 40 bytes into the box. */
function setMatrix(file: string, [a, b, c, d]: readonly [number, number, number, number]): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf('tkhd') + 4 + 40;
  for (const [i, value] of [a, b, 0, c, d, 0].entries()) {
    bytes.writeInt32BE(value * (i % 3 === 2 ? 2 ** 30 : 2 ** 16), at + 4 * i);
  }
  writeFileSync(file, bytes);
}

const CONTAINERS: readonly [name: string, codec: readonly string[]][] = [
  ['a.mp4', X264],
  ['b.mov', ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj444p', '-q:v', '2']],
  ['c.mp4', ['-c:v', 'libx265', '-x265-params', 'log-level=error', '-pix_fmt', 'yuv420p']],
];

/** Raw frames of a movie that is stored upright, turned by filters. */
async function turned(file: string, filter: string): Promise<Buffer> {
  const raw = path.join(path.dirname(file), 'upright.rgb');
  await ffmpeg('-i', file, '-vf', filter, '-pix_fmt', 'rgb24', '-f', 'rawvideo', raw);
  return readFileSync(raw);
}

test.each(TURNS)('%s: delivered upright, whatever the ffmpeg', async (_, matrix, filter) => {
  const file = path.join(tempDir(), 'a.mov');
  copyFileSync(await prores, file);
  const wanted = await turned(file, filter);
  setMatrix(file, matrix);
  for (const tools of [await mediaTools(), await oldMediaTools()]) {
    const { frames, width, height } = await delivered(tools, file);
    expect([width, height]).toEqual(matrix[0] === 0 ? [64, 96] : [96, 64]);
    expect(farthest(Buffer.concat(frames), wanted)).toBeLessThan(1);
  }
});

test.each(CONTAINERS)('a turned %s is delivered upright', async (name, codec) => {
  const file = await film(path.join(tempDir(), name), 2, ...codec);
  const wanted = await turned(file, 'transpose=cclock');
  setMatrix(file, [0, -1, 1, 0]);
  const { frames, width, height } = await delivered(await mediaTools(), file);
  expect([width, height]).toEqual([64, 96]);
  expect(farthest(Buffer.concat(frames), wanted)).toBeLessThan(1);
  expect(await probeVideo(await mediaTools(), file)).toMatchObject({ turned: true, frames: 2 });
});

/** Mean of the differences, which torn lines or another turn would make tens of levels. */
function farthest(one: Buffer, other: Buffer): number {
  expect(one.length).toBe(other.length);
  return one.reduce((sum, value, i) => sum + Math.abs(value - (other[i] ?? 0)), 0) / one.length;
}

test('a movie at an angle is refused with what to do', async () => {
  const file = await film(path.join(tempDir(), 'a.mp4'), 2, ...X264);
  setMatrix(file, [1, 1, -1, 1]);
  await expect(probeVideo(await mediaTools(), file)).rejects.toThrow('at an angle that is no quarter turn; export it');
});

test('an edit list hides frames, and those that are left are counted and delivered', async () => {
  const folder = tempDir();
  const whole = await film(path.join(folder, 'whole.mp4'), 24, ...X264, '-g', '24', '-bf', '2');
  const cut = path.join(folder, 'cut.mp4');
  await ffmpeg('-ss', '0.42', '-i', whole, '-c', 'copy', cut);
  for (const tools of [await mediaTools(), await oldMediaTools()]) {
    const { frames } = await delivered(tools, cut);
    expect(frames.length).toBeGreaterThan(10);
    expect(frames.length).toBeLessThan(16);
    expect(await probeVideo(tools, cut)).toMatchObject({ whole: false, constantRate: true, fps: { num: 24, den: 1 } });
  }
});

test('frames that a recorder dropped: every frame once, with a note', async () => {
  const folder = tempDir();
  const source = [
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=96x64:r=24',
    '-frames:v',
    '20',
    '-vf',
    'select=not(mod(n\\,3))+eq(n\\,4)',
  ];
  const variable = path.join(folder, 'a.mkv');
  await ffmpeg(...source, '-vsync', 'vfr', '-c:v', 'mjpeg', variable);
  const empty = path.join(folder, 'null-frames.avi'); // the muxer fills gaps with packets without content
  await ffmpeg('-i', variable, '-c', 'copy', empty);
  for (const file of [variable, empty]) {
    const info = await probeVideo(await mediaTools(), file);
    expect(info).toMatchObject({ constantRate: false, notes: [expect.stringMatching(/^has a rate that varies \(8/)] });
    expect((await delivered(await mediaTools(), file)).frames).toHaveLength(info.frames);
  }
});

test('plain movies are whole and constant in every container', async () => {
  const folder = tempDir();
  const plain = await film(path.join(folder, 'a.mp4'), 30, ...X264, '-bf', '2');
  const copies: readonly [string, readonly string[]][] = [
    ['a.mkv', []],
    ['a.mov', []],
    ['fragmented.mp4', ['-movflags', 'frag_keyframe+empty_moov']],
    ['later.mp4', ['-output_ts_offset', '5']],
  ];
  for (const [name, args] of copies) await ffmpeg('-i', plain, '-c', 'copy', ...args, path.join(folder, name));
  for (const name of ['a.mp4', ...copies.map(([copy]) => copy)]) {
    expect(await probeVideo(await mediaTools(), path.join(folder, name)), name).toMatchObject({
      frames: 30,
      width: 96,
      height: 64,
      fps: { num: 24, den: 1 },
      constantRate: true,
      whole: true,
      turned: false,
      notes: [],
    });
  }
});

test('a cover picture and sound before the movie are not the movie', async () => {
  const folder = tempDir();
  const plain = await film(path.join(folder, 'a.mp4'), 10, ...X264);
  const cover = path.join(folder, 'cover.png');
  await ffmpeg('-f', 'lavfi', '-i', 'color=red:s=640x480', '-frames:v', '1', cover);
  const file = path.join(folder, 'b.mp4');
  const inputs = ['-i', cover, '-f', 'lavfi', '-i', 'sine=d=1', '-i', plain, '-map', '0', '-map', '1', '-map', '2'];
  await ffmpeg(...inputs, '-c:v', 'copy', '-c:a', 'aac', '-disposition:v:0', 'attached_pic', file);
  expect(await probeVideo(await mediaTools(), file)).toMatchObject({ frames: 10, width: 96, height: 64 });
  expect((await delivered(await mediaTools(), file)).frames).toHaveLength(10);
});

test('frames that change their size are refused with both sizes', async () => {
  const folder = tempDir();
  const parts = ['96x64', '64x96'].map((size, i) => [size, path.join(folder, `${i}.h264`)] as const);
  for (const [size, part] of parts) {
    await ffmpeg('-f', 'lavfi', '-i', `testsrc2=s=${size}:r=24`, '-frames:v', '5', ...X264, part);
  }
  const file = path.join(folder, 'a.mp4'); // a bare stream, whatever its name says
  writeFileSync(file, Buffer.concat(parts.map(([, part]) => readFileSync(part))));
  await expect(probeVideo(await mediaTools(), file)).rejects.toThrow('its frames differ in size (');
});

test.each([
  ['a playlist', '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1\nother.ts\n'],
  ['a list of files', "ffconcat version 1.0\nfile 'other.mp4'\n"],
])('%s that is called a movie is not followed', async (_, text) => {
  const folder = tempDir();
  await film(path.join(folder, 'other.mp4'), 2, ...X264);
  const file = path.join(folder, 'color.mp4');
  writeFileSync(file, text);
  await expect(probeVideo(await mediaTools(), file)).rejects.toThrow(/color\.mp4 is not a readable video: \S/);
});

test('names are no patterns, protocols or options', async () => {
  const folder = path.join(tempDir(), 'shot %04d: [x] *');
  mkdirSync(folder);
  const movie = await film(path.join(tempDir(), 'a.mp4'), 2, ...X264);
  const still = path.join(folder, '-i %03d?.png');
  writeFileSync(path.join(folder, 'concat:a|b.mp4'), readFileSync(movie));
  await ffmpeg(
    '-f',
    'lavfi',
    '-i',
    'testsrc=s=20x10',
    '-frames:v',
    '1',
    '-c:v',
    'png',
    '-f',
    'image2pipe',
    `file:${still}`,
  );
  const tools = await mediaTools();
  expect(await probeVideo(tools, path.join(folder, 'concat:a|b.mp4'))).toMatchObject({ frames: 2 });
  expect(await probeVideo(tools, still)).toMatchObject({ frames: 1, width: 20, height: 10 });
});

const MATRICES = { bt709: 'bt709', bt601: 'smpte170m', bt2020: 'bt2020nc' };

test.each(Object.entries(MATRICES))('%s of either range is read by its own matrix', async (matrix, colorspace) => {
  for (const range of ['tv', 'pc']) {
    const file = path.join(tempDir(), 'a.mp4');
    const scale = `scale=out_color_matrix=${matrix.replace('bt2020', 'bt2020')}:out_range=${range}`;
    const tags = ['-colorspace', colorspace, '-color_range', range];
    const source = ['-f', 'lavfi', '-i', 'color=0xE6781E:s=32x32:r=24,format=rgb24', '-frames:v', '2', '-vf', scale];
    await ffmpeg(...source, '-c:v', 'libx264', '-pix_fmt', 'yuv444p', '-qp', '0', ...tags, file);
    const { frames } = await delivered(await mediaTools(), file);
    for (const [channel, value] of [0xe6, 0x78, 0x1e].entries()) {
      expect(Math.abs((frames[0]?.[channel] ?? 0) - value), `${range} ${channel}`).toBeLessThanOrEqual(3);
    }
  }
});

test('PQ is told, and taken as it is', async () => {
  const file = await film(path.join(tempDir(), 'a.mp4'), 2, ...X264, '-color_trc', 'smpte2084');
  expect((await probeVideo(await mediaTools(), file)).notes).toEqual([
    'is HDR (PQ): its values are taken as they are, without tone mapping',
  ]);
});
