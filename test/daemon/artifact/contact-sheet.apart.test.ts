import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { writeContactSheet } from '../../../daemon/artifact/contact-sheet.js';
import { MovieWriter } from '../../../daemon/media/frames.js';
import { findMediaTools, type MediaTools } from '../../../daemon/media/tools.js';
import { tempDir } from '../../support/tmp.js';

const MEDIA = { frames: 5, width: 64, height: 48, fps: { num: 24, den: 1 } };

/** Frame n is all over one grey: n x 50. */
async function steps(tools: MediaTools, file: string): Promise<string> {
  const writer = new MovieWriter(tools, file, { ...MEDIA, format: 'rgb24' });
  for (let frame = 0; frame < MEDIA.frames; frame++) await writer.write(Buffer.alloc(64 * 48 * 3, frame * 50));
  await writer.close();
  return file;
}

test('shows the first, the middle and the last frame of every stream', async () => {
  const tools = await findMediaTools();
  const folder = tempDir();
  const file = await steps(tools, path.join(folder, 'a.mp4'));
  const sheet = path.join(folder, 'sheet.png');
  const rows = ['color', 'depth', 'result'].map((label) => ({ label, file }));
  await writeContactSheet(tools, sheet, { title: 'street', rows, media: MEDIA });

  const png = PNG.sync.read(readFileSync(sheet));
  expect(png.width).toBe(1600);
  expect(png.height).toBe(80 + 3 * (390 + 10));
  const grey = (x: number, y: number) => png.data[(y * png.width + x) * 4] ?? -1;
  for (const row of [0, 1, 2]) {
    const y = 80 + row * 400 + 300;
    for (const [column, level] of [0, 100, 200].entries()) {
      expect(Math.abs(grey(10 + column * 530 + 260, y) - level)).toBeLessThan(6);
    }
  }
  expect(grey(1599, 100)).toBe(24);
});
