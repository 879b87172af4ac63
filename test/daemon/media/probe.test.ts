import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MovieWriter } from '../../../daemon/media/frames.js';
import { patienceFor, probeVideo } from '../../../daemon/media/probe.js';
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

test('a movie with more bytes than its frames can fill is refused', async () => {
  const tools = await mediaTools();
  const file = path.join(tempDir(), 'film.mp4');
  const writer = new MovieWriter(tools, file, { width: 32, height: 18, format: 'gray', fps: { num: 24, den: 1 } });
  for (let number = 0; number < 3; number++) await writer.write(Buffer.alloc(32 * 18, number * 30));
  await writer.close();
  truncateSync(file, 2 ** 40);
  await expect(probeVideo(tools, file)).rejects.toThrow(
    'film.mp4 is not a readable video: it has 1.1 TB, more than 3 frames of 32x18 can fill; export it again.',
  );
});

test.runIf(process.platform !== 'win32')(
  'pipes, devices and what leads out of the root are not given to ffprobe',
  async () => {
    const root = tempDir();
    const at = (name: string) => path.join(root, name);
    execFileSync('mkfifo', [at('pipe.mp4')]);
    symlinkSync('/dev/zero', at('device.mp4'));
    symlinkSync(process.execPath, at('outside.mp4'));
    const tools = { ...(await mediaTools()), ffprobe: '/nowhere/ffprobe' };
    for (const [name, why] of [
      ['pipe.mp4', 'this is a pipe, and no file; put a regular file there.'],
      ['device.mp4', 'this is a link that leads out of the watched folder; copy the file itself there.'],
      ['outside.mp4', 'this is a link that leads out of the watched folder; copy the file itself there.'],
    ] as const) {
      await expect(probeVideo(tools, at(name), undefined, root)).rejects.toThrow(
        `${name} is not a readable video: ${why}`,
      );
    }
  },
);

test('the time for a movie goes by its size: three minutes for a small one, an hour at most', () => {
  const MB = 2 ** 20;
  expect([0, MB, 30 * MB, 2 ** 40].map(patienceFor)).toEqual([180_000, 200_000, 780_000, 3_600_000]);
});
