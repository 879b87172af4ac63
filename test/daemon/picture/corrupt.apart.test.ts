/** Some hundred seeded damaged files; 10,000 of them by `npm run bench -- pictures`. */
import { expect, test } from 'vitest';
import { mediaTools } from '../../support/encoder.js';
import { pictureReader } from '../../support/pictures.js';
import { tempDir } from '../../support/tmp.js';
import { validExrs, validImages } from './sources.js';
import { tryCorrupt, tryCorruptImages } from './trial.js';

/** Bytes: a plane of 8192 x 8192 is 268 MB, and a file may have a few of them. */
const MOST_MEMORY = 3 * 2 ** 30;

test('a damaged EXR is read or gets one sentence: no hang, no crash, no memory without end', async () => {
  const folder = tempDir();
  const trial = await tryCorrupt(await validExrs(folder), 300, folder);
  console.log(
    `${trial.read} read, ${trial.refused} refused; longest ${Math.round(trial.longest)} ms, peak ${Math.round(trial.peak / 2 ** 20)} MB`,
  );
  expect(trial.bad).toEqual([]);
  expect(trial.read).toBeGreaterThan(20);
  expect(trial.refused).toBeGreaterThan(100);
  expect(trial.peak).toBeLessThan(MOST_MEMORY);
});

test('damaged PNG, JPEG, TIFF, TGA, WebP and DPX: the same', async () => {
  const folder = tempDir();
  const trial = await tryCorruptImages(pictureReader(await mediaTools()), await validImages(folder), 60, folder);
  console.log(`${trial.read} read, ${trial.refused} refused; longest ${Math.round(trial.longest)} ms`);
  expect(trial.bad).toEqual([]);
  expect(trial.refused).toBeGreaterThan(25);
});
