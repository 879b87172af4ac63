import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { verifyOutput } from '../../../daemon/artifact/verify.js';
import { findMediaTools, type MediaTools } from '../../../daemon/media/tools.js';
import type { Media } from '../../../schemas/index.js';
import { MEDIA, writeMovie } from '../../support/run-world.js';
import { tempDir } from '../../support/tmp.js';

let tools: MediaTools;
beforeAll(async () => {
  tools = await findMediaTools();
});

async function movie(media: Media = MEDIA, flat = false): Promise<string> {
  const file = path.join(tempDir(), 'out.mp4');
  await writeMovie(tools, file, media, flat);
  return file;
}

test('an output that is what was asked for is measured', async () => {
  expect(await verifyOutput(tools, await movie(), MEDIA)).toEqual(MEDIA);
});

test.each([
  ['frames', { ...MEDIA, frames: 5 }, /5 frames, but has 6/],
  ['size', { ...MEDIA, height: 50 }, /64x50 pixels, but has 64x48/],
  ['rate', { ...MEDIA, fps: { num: 24_000, den: 1001 } }, /23\.976 frames a second, but has 24/],
])('another number of %s is named', async (_, expected, message) => {
  const verified = verifyOutput(tools, await movie(), expected);
  await expect(verified).rejects.toMatchObject({ code: 'output_invalid', message: expect.stringMatching(message) });
});

test('one single colour is no picture', async () => {
  const verified = verifyOutput(tools, await movie(MEDIA, true), MEDIA);
  await expect(verified).rejects.toMatchObject({
    code: 'output_invalid',
    message: expect.stringMatching(/a picture, but has one single colour/),
  });
});

test('what does not play says so', async () => {
  const file = path.join(tempDir(), 'out.mp4');
  writeFileSync(file, 'not a movie');
  await expect(verifyOutput(tools, file, MEDIA)).rejects.toMatchObject({
    code: 'output_invalid',
    message: expect.stringMatching(/does not play/),
  });
});
