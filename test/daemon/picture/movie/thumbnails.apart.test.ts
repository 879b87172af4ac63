import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ContentStore } from '../../../../daemon/contents/freeze.js';
import { probeVideo } from '../../../../daemon/media/probe.js';
import { Thumbnails } from '../../../../daemon/picture/movie/thumbnails.js';
import { filesOf, makeClip } from '../../../support/clips.js';
import { framesOf, freshStateDir, mediaTools } from '../../../support/encoder.js';
import { frameFile, writePng } from '../../../support/passes.js';
import { pictureReader } from '../../../support/pictures.js';
import { tempDir } from '../../../support/tmp.js';

async function makeThumbnails() {
  const looks = { count: 0 };
  const tools = await mediaTools();
  const thumbnails = new Thumbnails({
    tools,
    pictures: pictureReader(tools),
    store: new ContentStore(freshStateDir()),
    folders: {
      files: async (clip) => {
        looks.count++;
        return filesOf(clip);
      },
    },
    config: { project: {} },
  });
  return { thumbnails, looks };
}

function saved(dataUrl: string | undefined): string {
  const file = path.join(tempDir(), 'picture.jpg');
  writeFileSync(file, Buffer.from(dataUrl?.replace('data:image/jpeg;base64,', '') ?? '', 'base64'));
  return file;
}

test('each pass has a small picture; depth is drawn near = bright, as the model will see it', async () => {
  const { thumbnails } = await makeThumbnails();
  const clip = makeClip(path.join(tempDir(), 'lot'), {}, { last: 1 });
  // Grows with distance, as renders store it: the left half is near.
  writePng(frameFile(clip.path, 'depth', 1), 64, 48, (x) => (x < 32 ? [20, 20, 20] : [200, 200, 200]));
  const { color, depth } = await thumbnails.of(clip);
  expect(await probeVideo(await mediaTools(), saved(color))).toMatchObject({ codec: 'mjpeg', width: 192, height: 144 });
  const [pixels] = await framesOf(saved(depth), 192, 144, 'gray');
  expect(pixels?.[72 * 192 + 10]).toBeGreaterThan(240);
  expect(pixels?.[72 * 192 + 180]).toBeLessThan(15);
});

test('a pass that cannot be read has none; the others do', async () => {
  const { thumbnails } = await makeThumbnails();
  const clip = makeClip(path.join(tempDir(), 'lot'));
  rmSync(frameFile(clip.path, 'depth', 3));
  expect(Object.keys(await thumbnails.of(clip))).toEqual(['color']);
});

test('pictures are made once a revision', async () => {
  const { thumbnails, looks } = await makeThumbnails();
  const clip = makeClip(path.join(tempDir(), 'lot'), {}, { last: 1 });
  await Promise.all([thumbnails.of(clip), thumbnails.of(clip)]);
  await thumbnails.of(clip);
  expect(looks.count).toBe(1);
  await thumbnails.of({ ...clip, contentKey: 'k2' });
  expect(looks.count).toBe(2);
});
