/** The program that reads EXR frames, and what becomes of it. */
import { rmSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { SourceFrames } from '../../../../daemon/picture/source-frames.js';
import { mediaTools } from '../../../support/encoder.js';
import { writeExr } from '../../../support/exr.js';
import { pictureReader } from '../../../support/pictures.js';
import { tempDir } from '../../../support/tmp.js';
import { makeExr, type PartWish } from '../make-exr.js';

/** Frames of 5 x 3 pixels, whose red is their number. */
function sequence(count: number): string[] {
  const folder = tempDir();
  return Array.from({ length: count }, (_, i) => {
    const file = path.join(folder, `color.${i + 1}.exr`);
    writeExr(file, 5, 3, { R: () => i + 1, G: (x) => x, B: (_x, y) => y });
    return file;
  });
}

async function open(files: readonly string[]): Promise<SourceFrames> {
  const pictures = pictureReader(await mediaTools());
  return pictures.open({ files, pass: 'color', layer: undefined, integers: 'rgb24' });
}

async function all(source: SourceFrames): Promise<Float32Array[]> {
  const frames: Float32Array[] = [];
  for await (const { buffer, byteOffset, length } of source.read({})) {
    frames.push(new Float32Array(buffer, byteOffset, length / 4));
  }
  return frames;
}

test('many frames come in their order, as planes of green, blue and red, at an even size', async () => {
  const source = await open(sequence(23));
  expect(source.shape).toEqual({ width: 4, height: 2, format: 'gbrpf32le' });
  const frames = await all(source);
  expect(frames.map((frame) => frame[2 * 8])).toEqual(Array.from({ length: 23 }, (_, i) => i + 1));
  expect(Array.from(frames[0] ?? [])).toEqual([
    ...[0, 1, 2, 3, 0, 1, 2, 3],
    ...[0, 0, 0, 0, 1, 1, 1, 1],
    ...[1, 1, 1, 1, 1, 1, 1, 1],
  ]);
});

test('a file that is damaged, removed or of another size ends the reading with its name', async () => {
  const [cut, gone, small, gray] = [sequence(9), sequence(9), sequence(9), sequence(9)];
  truncateSync(cut[6] ?? '', 400);
  rmSync(gone[3] ?? '');
  writeExr(small[8] ?? '', 4, 6, { R: () => 0, G: () => 0, B: () => 0 });
  writeExr(gray[8] ?? '', 5, 3, { Y: () => 0 });
  const said = async (files: string[]) => {
    const error: unknown = await all(await open(files)).catch((thrown: unknown) => thrown);
    return error instanceof Error ? error.message : 'was read';
  };
  expect(await said(cut)).toBe('color.7.exr is cut off (no end marker).');
  expect(await said(gone)).toBe('color.4.exr was removed.');
  expect(await said(small)).toBe('color.9.exr is 4x6, the first frame 4x2.');
  expect(await said(gray)).toBe(
    'color.9.exr stores this pass in other channels than the first frame: render them alike.',
  );
});

test('whoever leaves early or is cancelled waits for nothing', async () => {
  const source = await open(sequence(50));
  for await (const _ of source.read({})) break;
  const controller = new AbortController();
  const reading = (async () => {
    for await (const _ of source.read({ signal: controller.signal })) controller.abort();
  })();
  await expect(reading).rejects.toThrow();
});

test('a frame of other primaries than the first would change its colours without a word: it is refused', async () => {
  const [plain, other] = ['color.1.exr', 'color.2.exr'].map((name) => path.join(tempDir(), name)) as [string, string];
  const ap1 = [0.713, 0.293, 0.165, 0.83, 0.128, 0.044, 0.32168, 0.33767];
  const part: PartWish = { display: [0, 0, 7, 7], channels: { R: 'half', G: 'half', B: 'half' } };
  const attributes = { chromaticities: ['chromaticities', ap1] } as const;
  await makeExr([
    { file: plain, parts: [part] },
    { file: other, parts: [{ ...part, attributes }] },
  ]);
  await expect(all(await open([plain, other]))).rejects.toThrow(
    'color.2.exr names other primaries of its colours than the first frame: render them alike.',
  );
  expect(await all(await open([other, other]))).toHaveLength(2);
});
