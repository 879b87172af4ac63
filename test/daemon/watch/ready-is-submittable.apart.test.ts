/** Whatever the watch calls ready, a submit takes; and whatever it does not, it says why in one readable sentence. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { passFiles } from '../../../daemon/picture/movie/pass-files.js';
import type { Clip } from '../../../schemas/index.js';
import { seededRandom } from '../../support/random.js';
import { Originals, randomClip } from '../../support/random-clip.js';
import { dryRun, submittable } from '../../support/submittable.js';
import { tempDir } from '../../support/tmp.js';

/** Folders of one seed: enough to meet the rare mixtures over all seeds, few enough for a busy machine. */
const FOLDERS = 25;
const NAMES = ['shot', 'logs', 'con', 'color', 'depth', '街', "it's", 'a#b', 'two words', 'v1.2', 'config', 'console'];

/** What no sentence to a person may hold: an error's class, a trace, a command line, nothing. */
const UNREADABLE = /\n|Error:|Command failed|ffmpeg -|undefined|NaN|\[object|^\s*$/;

test.each([1, 2])('folders of seed %i', async (seed) => {
  const base = tempDir();
  const root = path.join(base, 'exports');
  mkdirSync(root);
  const originals = new Originals(path.join(base, 'originals'));
  const random = seededRandom(seed);
  const stories = new Map<string, string>();
  for (let i = 0; i < FOLDERS; i++) {
    const folder = path.join(root, String(i), NAMES[Math.floor(random() * NAMES.length)] ?? 'shot');
    stories.set(folder, await randomClip(folder, random, originals));
  }
  const world = await submittable(root);
  const clips = await vi.waitFor(
    () => {
      const known = world.watching.kept.clips.list();
      expect(known.filter(({ state }) => state === 'writing' || state === 'settling')).toEqual([]);
      return known;
    },
    { interval: 50 },
  );
  const told = (clip: Clip) => `${path.relative(root, clip.path)}: ${stories.get(clip.path) ?? 'a folder of it'}`;
  const wrong: string[] = [];
  for (const clip of clips) {
    const refusal = await dryRun(world, clip);
    if (clip.state === 'ready') {
      if (refusal !== null) wrong.push(`ready, but refused: ${refusal} (${told(clip)})`);
      const files = await world.watching.folders.files(clip);
      for (const pass of clip.passes) expect(() => passFiles(clip, pass, files), told(clip)).not.toThrow();
    } else {
      if (refusal === null) wrong.push(`${clip.state}, but taken: ${clip.reason} (${told(clip)})`);
      if (UNREADABLE.test(clip.reason)) wrong.push(`unreadable: ${clip.reason} (${told(clip)})`);
    }
  }
  expect(wrong).toEqual([]);
  const ready = clips.filter(({ state }) => state === 'ready').length;
  expect(ready).toBeGreaterThan(FOLDERS / 10); // the folders must not all be broken
  expect(clips.length - ready).toBeGreaterThan(FOLDERS / 10);
});
