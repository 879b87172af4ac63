import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MovieWriter } from '../../../daemon/media/frames.js';
import { probeVideo } from '../../../daemon/media/probe.js';
import { ProcessError } from '../../../daemon/process.js';
import { mediaTools } from '../../support/encoder.js';
import { writePng } from '../../support/passes.js';
import { tempDir } from '../../support/tmp.js';

test('a movie: counted frames, the exact rate, what it is made of', async () => {
  const tools = await mediaTools();
  const file = path.join(tempDir(), 'film.mp4');
  const fps = { num: 24_000, den: 1001 };
  const writer = new MovieWriter(tools, file, { width: 32, height: 18, format: 'gray', fps });
  for (let number = 0; number < 7; number++) await writer.write(Buffer.alloc(32 * 18, number * 30));
  await writer.close();
  expect(await probeVideo(tools, file)).toMatchObject({
    frames: 7,
    width: 32,
    height: 18,
    fps,
    codec: 'h264',
    pixFmt: 'yuv420p',
    constantRate: true,
  });
});

test('an image is a video of one frame', async () => {
  const file = path.join(tempDir(), 'image.png');
  writePng(file, 20, 10, () => [1, 2, 3]);
  expect(await probeVideo(await mediaTools(), file)).toMatchObject({ frames: 1, width: 20, height: 10, codec: 'png' });
});

test.each([
  ['text', 'not a video'],
  ['nothing', ''],
])('a file of %s is refused by name', async (_, content) => {
  const file = path.join(tempDir(), 'film.mp4');
  writeFileSync(file, content);
  await expect(probeVideo(await mediaTools(), file)).rejects.toMatchObject({
    code: 'encode_failed',
    message: expect.stringMatching(/film\.mp4 is not a readable video: .+\.$/),
  });
});

test('a cancelled probe says so, instead of blaming the file', async () => {
  const probing = probeVideo(await mediaTools(), path.join(tempDir(), 'film.mp4'), AbortSignal.abort());
  const error = await probing.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProcessError);
  expect((error as ProcessError).isCanceled).toBe(true);
});
