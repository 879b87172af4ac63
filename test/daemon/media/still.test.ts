import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { probeVideo } from '../../../daemon/media/probe.js';
import { writeJpeg } from '../../../daemon/media/still.js';
import { framesOf, mediaTools } from '../../support/encoder.js';
import { tempDir } from '../../support/tmp.js';

const SHAPE = { width: 24, height: 16, format: 'rgb24' } as const;
const TEAL = Buffer.from(Array.from({ length: 24 * 16 }, () => [20, 130, 140]).flat());

test('a frame becomes a JPEG of its size and colours, whatever the file is called', async () => {
  const file = path.join(tempDir(), '.still.jpg.part');
  await writeJpeg(await mediaTools(), file, TEAL, SHAPE);
  expect(await probeVideo(await mediaTools(), file)).toMatchObject({
    codec: 'mjpeg',
    frames: 1,
    width: 24,
    height: 16,
  });
  const [pixels] = await framesOf(file, 24, 16, 'rgb24');
  for (const [channel, value] of [20, 130, 140].entries()) {
    expect(Math.abs((pixels?.[channel] ?? 0) - value)).toBeLessThan(6);
  }
});

test('a picture can be made smaller', async () => {
  const file = path.join(tempDir(), 'small.jpg');
  await writeJpeg(await mediaTools(), file, TEAL, SHAPE, { scaledTo: 12 });
  expect(await probeVideo(await mediaTools(), file)).toMatchObject({ width: 12, height: 8 });
});

test('what cannot be written is an error that names the file', async () => {
  const blocked = path.join(tempDir(), 'file');
  writeFileSync(blocked, '');
  const file = path.join(blocked, 'still.jpg');
  await expect(writeJpeg(await mediaTools(), file, TEAL, SHAPE)).rejects.toMatchObject({ code: 'encode_failed' });
  expect(existsSync(file)).toBe(false);
});
