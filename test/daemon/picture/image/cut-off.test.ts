/** Every format is known to be whole or not by its header and its end; damage in between is found by decoding. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readImages } from '../../../../daemon/picture/image/frames.js';
import { readImageHeader } from '../../../../daemon/picture/image/headers.js';
import { runProcess } from '../../../../daemon/process.js';
import { mediaTools } from '../../../support/encoder.js';
import { writePng } from '../../../support/passes.js';
import { tempDir } from '../../../support/tmp.js';

const KINDS: Readonly<Record<string, readonly string[]>> = {
  png: [],
  jpg: [],
  tif: ['-compression_algo', 'lzw'],
  tga: ['-rle', '0'],
  'tga, run-length encoded': ['-rle', '1'],
  webp: ['-lossless', '1'],
  dpx: ['-pix_fmt', 'gbrp10be'],
};

async function made(kind: string): Promise<string> {
  const { ffmpeg } = await mediaTools();
  const file = path.join(tempDir(), `color.0001.${kind.split(',')[0]}`);
  const source = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=50x38', '-frames:v', '1'];
  await runProcess(ffmpeg, [...source, ...(KINDS[kind] ?? []), file]);
  if (kind === 'dpx') {
    const bytes = readFileSync(file);
    bytes[801] = 6; // ffmpeg says "linear" of whatever it writes
    writeFileSync(file, bytes);
  }
  return file;
}

test.each(Object.keys(KINDS))('%s: whole, then cut at every sort of place', async (kind) => {
  const file = await made(kind);
  const bytes = readFileSync(file);
  expect(await readImageHeader(file)).toMatchObject({ width: 50, height: 38, problem: null, notes: [] });
  for (const share of [0.95, 0.7, 0.3]) {
    writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length * share)));
    expect((await readImageHeader(file)).problem, `cut to ${share}`).toBe('is cut off (no end marker)');
  }
  writeFileSync(file, bytes.subarray(0, 14));
  expect((await readImageHeader(file)).problem).toBe('is cut off (no end marker)');
});

test('a name that promises another format is told, and the content is read', async () => {
  const file = path.join(tempDir(), 'color.0001.jpg');
  writePng(file, 8, 6, () => [10, 20, 30]);
  const header = await readImageHeader(file);
  expect(header).toMatchObject({ width: 8, height: 6, problem: null });
  expect(header.notes).toEqual(['is a PNG image, whatever its name says, and is read as one']);
  for await (const frame of readImages(
    await mediaTools(),
    { files: [file], root: null },
    { width: 8, height: 6, format: 'rgb24' },
  )) {
    expect([...frame.subarray(0, 3)]).toEqual([10, 20, 30]);
  }
});

test('a text is no image, whatever it is called', async () => {
  for (const [extension, name] of Object.entries({
    png: 'PNG',
    jpeg: 'JPEG',
    tif: 'TIFF',
    webp: 'WebP',
    dpx: 'DPX',
    tga: 'TGA',
  })) {
    const file = path.join(tempDir(), `color.0001.${extension}`);
    writeFileSync(file, 'this is a text, long enough for any header');
    expect((await readImageHeader(file)).problem).toBe(`is no ${name} image`);
  }
});

test('an image of another size among the frames is named with both sizes', async () => {
  const folder = tempDir();
  const [first, other] = [path.join(folder, 'a.0001.png'), path.join(folder, 'a.0002.png')];
  writePng(first, 96, 64, () => [1, 2, 3]);
  writePng(other, 64, 96, () => [1, 2, 3]); // as many bytes
  const frames = readImages(
    await mediaTools(),
    { files: [first, other], root: null },
    { width: 96, height: 64, format: 'rgb24' },
  );
  await expect(frames.next()).rejects.toThrow('a.0002.png has 64x96 pixels, a.0001.png 96x64.');
});

test('a size that is in the header alone is refused before anything is reserved for it', async () => {
  const file = path.join(tempDir(), 'a.0001.png');
  writePng(file, 8, 6, () => [1, 2, 3]);
  const bytes = readFileSync(file);
  bytes.writeUInt32BE(100_000, 16);
  bytes.writeUInt32BE(100_000, 20);
  writeFileSync(file, bytes);
  const frames = readImages(
    await mediaTools(),
    { files: [file], root: null },
    { width: 100_000, height: 100_000, format: 'rgb24' },
  );
  await expect(frames.next()).rejects.toThrow(
    'a.0001.png says that it has 100000x100000 pixels, which cannot be read.',
  );
});

test('frames come in the order of the files, each by itself', async () => {
  const folder = tempDir();
  const files = Array.from({ length: 12 }, (_, i) => {
    const file = path.join(folder, `a%0${i}d.png`);
    writePng(file, 10, 8, (x) => [i * 20, x, 0]);
    return file;
  });
  const levels: number[] = [];
  for await (const frame of readImages(
    await mediaTools(),
    { files, root: null },
    { width: 10, height: 8, format: 'rgb24' },
  )) {
    levels.push(frame[0] ?? -1);
  }
  expect(levels).toEqual(files.map((_, i) => i * 20));
});

test('transparency is told only where something is transparent', async () => {
  const { ffmpeg } = await mediaTools();
  const folder = tempDir();
  const opaque = path.join(folder, 'opaque.png');
  const clear = path.join(folder, 'clear.png');
  for (const [file, colour] of [
    [opaque, 'red@1'],
    [clear, 'red@0.5'],
  ] as const) {
    const source = ['-f', 'lavfi', '-i', `color=${colour}:s=8x6,format=rgba`];
    await runProcess(ffmpeg, ['-v', 'error', ...source, '-frames:v', '1', '-pix_fmt', 'rgba', file]);
  }
  const told: string[] = [];
  const options = { onTransparent: (file: string) => told.push(file) };
  const reds: number[] = [];
  const shape = { width: 8, height: 6, format: 'rgb24' } as const;
  for await (const frame of readImages(await mediaTools(), { files: [opaque, clear], root: null }, shape, options))
    reds.push(frame[0] ?? -1);
  expect(told).toEqual([clear]);
  expect(reds[0]).toBeGreaterThan(250);
  expect(Math.abs((reds[1] ?? 0) - 127)).toBeLessThan(3);
});
