import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { discoverFlat, discoverTree } from '../../../daemon/watch/discover.js';
import { NameReader } from '../../../daemon/watch/names.js';
import { tempDir } from '../../support/tmp.js';
import { aliases } from '../../support/watching.js';

const reader = new NameReader(aliases);
let root: string;
beforeEach(() => {
  root = tempDir();
});

function write(...names: string[]): void {
  for (const name of names) {
    const file = path.join(root, name);
    mkdirSync(name.endsWith('/') ? file : path.dirname(file), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(file, '');
  }
}

async function found(start = ''): Promise<string[]> {
  const spots = await discoverTree(path.join(root, start), root, reader);
  return spots.map(({ folder }) => path.relative(root, folder) || '.').sort();
}

test('folders with passes at any depth up to four, and the root', async () => {
  write('color.0001.png', 'a/color.0001.png', 'b/c/d/e/depth.0001.exr', 'b/c/d/e/f/color.0001.png');
  expect(await found()).toEqual(['.', 'a', 'b/c/d/e']);
});

test('leaves: empty ones and those with images nobody can name; not the rest', async () => {
  write('empty/', 'images/frame1.png', 'hip/scene.hip', 'results/street_aug.mp4', 'layers/render.0001.exr', 'a/b/');
  expect(await found()).toEqual(['a/b', 'empty', 'images', 'layers']);
});

test('an empty root is no clip', async () => {
  expect(await found()).toEqual([]);
});

test('a manifest makes one clip of all that lies below', async () => {
  write('street/cosmos-clip.json', 'street/rgb/color.0001.png', 'street/z/depth.0001.png');
  expect(await found()).toEqual(['street']);
  expect(await found('street/rgb')).toEqual([]);
});

test('flat: movies that are not ours', async () => {
  write('street.mp4', 'color.mov', 'street_aug.mp4', 'final.mp4', 'notes.txt', 'sub/alley.mp4');
  const spots = await discoverFlat(root, (file) => file === path.join(root, 'final.mp4'));
  expect(spots.map(({ movie }) => movie)).toEqual(['color.mov', 'street.mp4']);
});
