/** A folder a pass: one clip, wherever it lies, however it grows; and clips that are only called like a pass. */
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { clipId } from '../../../daemon/watch/clip-record.js';
import { discoverTree, searchStart } from '../../../daemon/watch/discover.js';
import { NameReader } from '../../../daemon/watch/names.js';
import { writeExr } from '../../support/exr.js';
import { writePng } from '../../support/passes.js';
import { tempDir } from '../../support/tmp.js';
import { aliases, dropIn, Watching } from '../../support/watching.js';

const reader = new NameReader(aliases);
let root: string;
beforeEach(() => {
  root = path.join(tempDir(), 'exports');
  mkdirSync(root);
});

function write(...names: string[]): void {
  for (const name of names) {
    const file = path.join(root, name);
    mkdirSync(name.endsWith('/') ? file : path.dirname(file), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(file, '');
  }
}

async function found(): Promise<string[]> {
  const spots = await discoverTree(root, root, reader);
  return spots.map(({ folder }) => path.relative(root, folder) || '.').sort();
}

/** Three frames of a pass: "C/shot.C." gives C/shot.C.0001.png and so on. */
function frames(folder: string, ...prefixes: string[]): void {
  for (const prefix of prefixes) {
    mkdirSync(path.dirname(path.join(folder, `${prefix}x`)), { recursive: true });
    for (const frame of [1, 2, 3]) writePng(path.join(folder, `${prefix}000${frame}.png`), 16, 12, () => [9, frame, 3]);
  }
}

test.each<[string, string[], string[]]>([
  ['names with and without the pass', ['shot/C/shot.C.0001.png', 'shot/depth/shot.depth.0001.png'], ['shot']],
  ['the number alone, the name of the clip before the pass', ['s/s_beauty/0001.exr', 's/depth/s.0001.exr'], ['s']],
  ['one pass is enough', ['shot/color/color.0001.png'], ['shot']],
  ['the watched folder itself', ['C/0001.png', 'depth/0001.png', 'notes.txt'], ['.']],
  ['at the deepest level', ['a/b/c1/d/C/0001.png', 'a/b/c1/d/Z/0001.png'], ['a/b/c1/d']],
  ['nested shots', ['seq/sh1/C/0001.png', 'seq/sh1/Z/0001.png', 'seq/sh2/C/0001.png'], ['seq/sh1', 'seq/sh2']],
  ['own passes and a pass folder', ['shot/color.0001.png', 'shot/depth/0001.png'], ['shot']],
  ['movies', ['shot/color/shot.mp4', 'shot/depth/shot.mp4'], ['shot']],
  ['still empty, or being written', ['shot/C/0001.png', 'shot/Z/', 'shot/id/0001.png.part'], ['shot']],
  ['formats that nobody reads', ['shot/C/0001.png', 'shot/Z/0001.rat'], ['shot']],
  [
    'a clip that is called "color"',
    ['color/color.0001.png', 'color/depth.0001.png', 's/color.0001.png'],
    ['color', 's'],
  ],
  ['a clip called "beauty" made of pass folders', ['beauty/C/0001.png', 'beauty/Z/0001.png'], ['beauty']],
  ['a clip called "color" with a prompt', ['color/color.0001.png', 'color/prompt.txt'], ['color']],
  ['a clip called "color" with a spec', ['color/color.0001.png', 'color/color.cosmos.json'], ['color']],
  ['a clip called "color" with a manifest', ['color/0001.png', 'color/cosmos-clip.json'], ['color']],
  ['the pass of another clip in front', ['a/b_depth/b.depth.0001.png'], ['a/b_depth']],
  ['a folder of no pass', ['shot/C/0001.png', 'shot/albedo/albedo.0001.png'], ['shot', 'shot/albedo']],
  ['what lies in a pass folder', ['shot/C/0001.png', 'shot/C/old/color.0001.png'], ['shot', 'shot/C/old']],
])('found: %s', async (_, names, spots) => {
  write(...names);
  expect(await found()).toEqual(spots);
});

test('a link to a folder is no pass folder', async () => {
  write('shot/color.0001.png', 'elsewhere/0001.png');
  symlinkSync(path.join(root, 'elsewhere'), path.join(root, 'shot', 'depth'));
  expect(await found()).toEqual(['elsewhere', 'shot']);
});

test('a search begins at the clip of a pass folder', () => {
  const start = (below: string) => path.relative('/r', searchStart(path.join('/r', below), '/r', reader)) || '.';
  expect(['shot', 'shot/C', 'shot/beauty/C', 'C', 'shot/shot_Z', 'shot/old_Z'].map(start)).toEqual([
    'shot',
    'shot',
    'shot',
    '.',
    'shot',
    'shot/old_Z',
  ]);
});

test('one clip, with its passes by folder, its prompt and its spec', async () => {
  const watching = await Watching.on(root);
  const folder = dropIn(root, 'shot', (made) => {
    frames(made, 'C/shot.C.', 'depth/');
    writeFileSync(path.join(made, 'prompt.txt'), 'dusk');
    writeFileSync(path.join(made, 'shot.cosmos.json'), '{}');
  });
  const clip = await watching.until('shot', 'ready');
  expect(clip.sources).toEqual({ color: { pattern: 'C/shot.C.####.png' }, depth: { pattern: 'depth/####.png' } });
  expect(clip).toMatchObject({ path: folder, frames: 3, width: 16, warnings: [] });
  expect([clip.promptFile, clip.specFile]).toEqual(
    ['prompt.txt', 'shot.cosmos.json'].map((name) => path.join(folder, name)),
  );
  const files = await watching.folders.files(clip);
  expect(files.map((file) => path.relative(folder, file.path)).sort()).toEqual([
    ...[1, 2, 3].map((frame) => `C/shot.C.000${frame}.png`),
    ...[1, 2, 3].map((frame) => `depth/000${frame}.png`),
  ]);
  expect(watching.readyNames()).toEqual(['shot 1']);
});

test('passes that appear one after the other, and one frame after the other, are the same clip', async () => {
  const watching = await Watching.on(root, { settle: 0.6 });
  const folder = path.join(root, 'shot');
  mkdirSync(path.join(folder, 'C'), { recursive: true });
  expect((await watching.until('shot', 'incomplete')).reason).toBe(
    'C/ has no frames: render that pass, or delete the folder',
  );
  frames(folder, 'C/shot.C.');
  expect((await watching.until('shot', 'ready')).passes).toEqual(['color']);

  mkdirSync(path.join(folder, 'depth'));
  writePng(path.join(folder, 'depth', '0001.png'), 16, 12, () => [1, 1, 1]);
  writePng(path.join(folder, 'depth', '0002.png'), 16, 12, () => [1, 1, 1]);
  await vi.waitFor(() => expect(watching.clip('shot').reason).toContain('depth has 2 frames, color 3'));
  writePng(path.join(folder, 'depth', '0003.png'), 16, 12, () => [1, 1, 1]);
  await vi.waitFor(() => expect(watching.readyNames()).toEqual(['shot 1', 'shot 2']));
  expect(watching.clip('shot').passes).toEqual(['color', 'depth']);
  expect(watching.kept.clips.list()).toHaveLength(1);
});

test('a frame that changes, and one that goes away, wake the one clip', async () => {
  const watching = await Watching.on(root);
  const folder = dropIn(root, 'shot', (made) => frames(made, 'C/', 'depth/'));
  await watching.until('shot', 'ready');
  writePng(path.join(folder, 'depth', '0002.png'), 16, 12, () => [200, 200, 200]);
  await vi.waitFor(() => expect(watching.readyNames()).toEqual(['shot 1', 'shot 2']));
  rmSync(path.join(folder, 'depth', '0002.png'));
  expect((await watching.until('shot', 'incomplete')).reason).toContain('depth');
  rmSync(path.join(folder, 'depth'), { recursive: true });
  expect((await watching.until('shot', 'ready')).passes).toEqual(['color']);
});

test('a folder of a pass that gets other passes too becomes a clip of its own', async () => {
  const watching = await Watching.on(root, { settle: 0.4 });
  dropIn(root, 'color', (made) => frames(made, 'color.'));
  expect((await watching.until('exports', 'ready')).passes).toEqual(['color']);
  frames(path.join(root, 'color'), 'depth.');
  expect((await watching.until('color', 'ready')).passes).toEqual(['color', 'depth']);
});

test('what earlier versions took for clips is the pass of one now', async () => {
  const before = await Watching.on(root);
  const folder = dropIn(root, 'shot', (made) => frames(made, 'C/C.', 'Z/Z.'));
  const clip = await before.until('shot', 'ready');
  await before.folders.close();
  before.kept.clips.remove(clip.id);
  for (const name of ['C', 'Z']) {
    const at = path.join(folder, name);
    before.kept.clips.put({ ...clip, id: clipId(at), name, path: at }, 'ready');
  }
  const after = await Watching.open({ kept: before.kept });
  await after.folders.start();
  await after.until('shot', 'ready');
  expect(after.kept.clips.list().map(({ path: at }) => at)).toEqual([folder]);
});

test('registered by hand, it is woken by its sub-folders too', async () => {
  const outside = path.join(path.dirname(root), 'outside');
  frames(outside, 'C/', 'depth/');
  const watching = await Watching.open();
  await watching.folders.register(outside);
  await watching.until('outside', 'ready');
  renameSync(path.join(outside, 'depth', '0002.png'), path.join(root, 'away.png'));
  expect((await watching.until('outside', 'incomplete')).reason).toBe('depth: frame 0002 missing');
});

test('our own videos beside a clip are none of its passes', async () => {
  const watching = await Watching.on(root);
  const folder = dropIn(root, 'shot', (made) => frames(made, 'C/', 'depth/'));
  const { contentKey } = await watching.until('shot', 'ready');
  writeFileSync(path.join(folder, 'shot_aug.mp4'), 'ours');
  writeFileSync(path.join(folder, 'C', 'C_aug.mp4'), 'ours');
  dropIn(root, 'alley', (made) => frames(made, 'color.'));
  await watching.until('alley', 'ready');
  expect(watching.clip('shot')).toMatchObject({ state: 'ready', contentKey, revision: 1 });
});

test.each<[string, (folder: string) => void, string]>([
  [
    'two folders of one pass',
    (at) => frames(at, 'C/', 'beauty/'),
    'color is there twice: C/####.png and beauty/####.png (keep one)',
  ],
  [
    'no colour',
    (at) => frames(at, 'Z/', 'id/'),
    'no colour pass beside depth and seg: export it too, as color.0001.png or under another name of it (beauty, C)',
  ],
  [
    'a hole',
    (at) => {
      frames(at, 'C/', 'Z/');
      rmSync(path.join(at, 'Z', '0002.png'));
    },
    'depth: frame 0002 missing',
  ],
  [
    'no number',
    (at) => {
      frames(at, 'C/');
      mkdirSync(path.join(at, 'Z'));
      writePng(path.join(at, 'Z', 'all.png'), 16, 12, () => [1, 1, 1]);
    },
    'Z/ has no frames: render that pass, or delete the folder',
  ],
])('incomplete: %s', async (_, make, reason) => {
  const watching = await Watching.on(root);
  dropIn(root, 'shot', make);
  expect((await watching.until('shot', 'incomplete')).reason).toBe(reason);
  expect(watching.readyNames()).toEqual([]);
});

test('a pass in the own folder comes before that of a folder; colour may be PNG beside depth as EXR', async () => {
  const watching = await Watching.on(root);
  dropIn(root, 'shot', (made) => {
    frames(made, 'color.', 'C/');
    mkdirSync(path.join(made, 'depth'));
    for (const frame of [1, 2, 3]) {
      const channels = { R: () => frame, G: () => frame, B: () => frame };
      writeExr(path.join(made, 'depth', `000${frame}.exr`), 16, 12, channels);
    }
  });
  const clip = await watching.until('shot', 'ready');
  expect(clip.sources).toEqual({ color: { pattern: 'color.####.png' }, depth: { pattern: 'depth/####.exr' } });
  expect(clip.warnings).toEqual(['color: using color.####.png, not C/####.png']);
});
