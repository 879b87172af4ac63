import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runProcess } from '../../../daemon/process.js';
import { Prober } from '../../../daemon/watch/probe.js';
import { writeExr } from '../../support/exr.js';
import { writePng } from '../../support/passes.js';
import { pictureReader } from '../../support/pictures.js';
import { tempDir } from '../../support/tmp.js';
import { mediaTools } from '../../support/watching.js';

async function ffmpeg(file: string, ...args: string[]): Promise<string> {
  const { ffmpeg: tool } = await mediaTools();
  const source = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=64x48:r=24', '-frames:v', '1'];
  await runProcess(tool, [...source, ...args, file]);
  return file;
}

async function prober(): Promise<Prober> {
  const tools = await mediaTools();
  return new Prober(tools, pictureReader(tools));
}

const flat = (names: string[]) => Object.fromEntries(names.map((name) => [name, () => 0.5]));

/** Makes an image of each kind; all are 64x48. */
const makers: [string, (folder: string) => Promise<string> | string][] = [
  ['png', (folder) => ffmpeg(path.join(folder, 'a.png'))],
  ['jpg', (folder) => ffmpeg(path.join(folder, 'a.jpg'))],
  ['exr, uncompressed', (folder) => ffmpeg(path.join(folder, 'a.exr'), '-compression', 'none')],
  ['exr, zip of 16 lines', (folder) => ffmpeg(path.join(folder, 'b.exr'), '-compression', 'zip16')],
  ['exr, zip of single lines', (folder) => ffmpeg(path.join(folder, 'c.exr'), '-compression', 'zip1')],
];

test.each(makers)('%s: whole, then cut at every sort of place', async (_, make) => {
  const file = await make(tempDir());
  const probe = await prober();
  expect(await probe.header(file)).toMatchObject({ width: 64, height: 48, problem: null });
  expect((await probe.decode(file, 'color', null)).problem).toBeNull();
  const { length } = readFileSync(file);
  for (const cut of [length - 1, Math.floor(length * 0.7), Math.floor(length * 0.3), 30, 12]) {
    truncateSync(file, cut);
    expect((await probe.header(file)).problem, `cut to ${cut} bytes`).toBe('is cut off (no end marker)');
  }
});

test.each(['png', 'jpg', 'exr'])('a %s that is none', async (extension) => {
  const file = path.join(tempDir(), `color.0001.${extension}`);
  writeFileSync(file, 'this is a text, long enough for any header');
  const name = extension === 'jpg' ? 'JPEG' : extension.toUpperCase();
  expect((await (await prober()).header(file)).problem).toBe(`is no ${name} image`);
});

test('closed while many files wait: none of them is looked at any more, nor one that comes later', async () => {
  const movie = await ffmpeg(path.join(tempDir(), 'a.mp4'));
  const image = await ffmpeg(path.join(tempDir(), 'a.png'));
  const probe = await prober();
  const asked = Array.from({ length: 40 }, (_, at) =>
    at % 2 === 0 ? probe.header(movie) : probe.decode(image, 'color', null),
  );
  probe.close();
  const answers = await Promise.allSettled([...asked, probe.header(movie), probe.header(image)]);
  const looked = answers.filter(({ status }) => status === 'fulfilled');
  expect(looked.length).toBeLessThanOrEqual(2); // those that were at work, of which a movie is broken off
  const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.name] : []));
  expect(new Set(reasons)).toEqual(new Set(['AbortError']));
});

test('empty and absent files', async () => {
  const file = path.join(tempDir(), 'color.0001.png');
  const probe = await prober();
  expect((await probe.header(file)).problem).toBe('cannot be read (ENOENT)');
  writeFileSync(file, '');
  expect((await probe.header(file)).problem).toBe('is empty');
});

test('an EXR whose offset table was never filled in', async () => {
  const file = path.join(tempDir(), 'a.exr');
  writeExr(file, 8, 6, flat(['R', 'G', 'B']));
  const bytes = readFileSync(file);
  const firstLine = bytes.length - 6 * (8 + 3 * 8 * 4);
  bytes.fill(0, firstLine - 8, firstLine);
  writeFileSync(file, bytes);
  expect((await (await prober()).header(file)).problem).toBe('is cut off (no end marker)');
});

test('layers of an EXR', async () => {
  const file = path.join(tempDir(), 'a.exr');
  writeExr(file, 8, 6, flat(['R', 'G', 'B', 'A', 'depth.Z', 'main.id.R', 'main.id.G', 'Pz']));
  expect((await (await prober()).header(file)).layers).toEqual(['', 'Pz', 'depth', 'main.id']);
});

test('an image that has its end and still does not decode', async () => {
  const file = path.join(tempDir(), 'color.0001.png');
  writePng(file, 64, 48, (x, y) => [x, y, 0]);
  const bytes = readFileSync(file);
  bytes.fill(0xff, 60, bytes.length - 40);
  writeFileSync(file, bytes);
  const probe = await prober();
  expect((await probe.header(file)).problem).toBeNull();
  expect((await probe.decode(file, 'color', null)).problem).toMatch(/^cannot be read: \S/);
});

test('a movie: frames, size and rate', async () => {
  const file = await ffmpeg(path.join(tempDir(), 'a.mp4'), '-frames:v', '5', '-pix_fmt', 'yuv420p');
  const probe = await prober();
  expect(await probe.header(file)).toMatchObject({ frames: 5, fps: 24, width: 64, height: 48, problem: null });
  expect((await probe.decode(file, 'color', null)).problem).toBeNull();
});

test('a Matroska file that is cut off, which ffmpeg reads without a failure', async () => {
  const args = ['-frames:v', '48', '-pix_fmt', 'yuv420p'];
  const file = await ffmpeg(path.join(tempDir(), 'a.mkv'), ...args);
  truncateSync(file, Math.floor(readFileSync(file).length * 0.6));
  expect((await (await prober()).decode(file, 'color', null)).problem).toBe('cannot be read: File ended prematurely');
});
