/** Formats that nobody reads, halves of a pass, and passes that are missed: each is said with what to do. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { discoverFlat, discoverTree } from '../../../daemon/watch/discover.js';
import type { ListedFile } from '../../../daemon/watch/listing.js';
import { NameReader } from '../../../daemon/watch/names.js';
import { unreadSentences } from '../../../daemon/watch/unread.js';
import { after, file, manifestFile, manifestOf, probed, sequence } from '../../support/settling.js';
import { tempDir } from '../../support/tmp.js';
import { aliases, dropIn, Watching } from '../../support/watching.js';

let root: string;
beforeEach(() => {
  root = path.join(tempDir(), 'exports');
  mkdirSync(root);
});

const sequenceOf = (name: string, frames: number) => {
  return Array.from({ length: frames }, (_, i) => file(name.replace('#', String(i + 1).padStart(4, '0'))));
};

test('one sentence a sequence, and no long list', () => {
  expect(unreadSentences(['a.1.rat', 'a.10.rat', 'a.png', 'depth/0001.hdr', 'b.0001.250.pic', 'notes.txt'])).toEqual([
    'a.#.rat is not read: export EXR or PNG',
    'depth/####.hdr is not read: export EXR or PNG',
    'b.####.pic is not read: export EXR or PNG',
  ]);
  expect(unreadSentences(['a.rat', 'b.rat', 'c.rat', 'd.rat', 'e.rat']).at(-1)).toBe(
    '2 more kinds of files are not read',
  );
});

test.each<[string, ListedFile[], string]>([
  ['nothing else', sequenceOf('color.#.rat', 3), 'no passes found: color.####.rat is not read: export EXR or PNG'],
  ['a movie', [file('color.m4v')], 'no passes found: color.m4v is not read: rename it to .mp4'],
  [
    'only the colour of it',
    [...sequence('depth', 1, 3), ...sequenceOf('color.#.pic', 3)],
    'color.####.pic is not read: export EXR or PNG; no colour pass beside depth: export it too, as color.0001.png or under another name of it (beauty, C)',
  ],
  [
    'a colour that is called like none',
    [...sequence('depth', 1, 3), ...sequence('shot', 1, 3)],
    'shot.####.png names no pass; no colour pass beside depth: export it too, as color.0001.png or under another name of it (beauty, C)',
  ],
  [
    'half of a pass in another format',
    [...sequence('color', 1, 4), ...sequenceOf('color.#.jpg', 8).slice(4)],
    'color: frames 0001-0004 as color.####.png, 0005-0008 as color.####.jpg: export all of them under one name, in one format',
  ],
  [
    'endings in other cases',
    [...sequence('color', 1, 2), file('color.0003.PNG')],
    'color: frames 0001-0002 as color.####.png, 0003 as color.####.PNG: export all of them under one name, in one format',
  ],
  [
    'a pass in two formats',
    [...sequence('color', 1, 2), ...sequenceOf('color.#.exr', 2)],
    'color is there twice: color.####.png and color.####.exr (keep one)',
  ],
  ['a name that looks like a pattern', [file('a#b_color.0001.png')], 'a#b_color.#.png: take the # out of the name'],
])('incomplete: %s', (_, files, reason) => {
  expect(after(5, files)).toMatchObject({ state: 'incomplete', reason });
});

test('a pass that is not read beside passes that are: a warning', () => {
  const verdict = after(5, [...sequence('color', 1, 3), ...sequenceOf('depth.#.rat', 3), file('thumbs.gif')]);
  expect(verdict).toMatchObject({ state: 'ready', warnings: ['depth.####.rat is not read: export EXR or PNG'] });
});

test.each(['tif', 'tiff', 'tga', 'webp', 'dpx', 'PNG', 'JPEG'])('color.####.%s is a colour pass', (ending) => {
  const verdict = after(5, sequenceOf(`color.#.${ending}`, 2));
  expect(verdict.shape.passes[0]?.source).toEqual({ pattern: `color.####.${ending}` });
  expect(verdict.state).toBe('ready');
});

test.each([
  [{ color: { pattern: 'color.####.rat' } }, 'color: color.####.rat is not read: export EXR or PNG'],
  [{ color: { file: 'color.mxf' } }, 'color: color.mxf is not read: export .mp4 or .mov, or an EXR or PNG sequence'],
  [
    { color: { file: 'color.txt' } },
    'color: color.txt is not read: export EXR or PNG images, or an .mp4 or .mov movie',
  ],
  [
    { depth: { pattern: 'color.####.png' } },
    'no colour pass beside depth: export it too, as color.0001.png or under another name of it (beauty, C)',
  ],
])('a manifest that names %j', (passes, reason) => {
  const files = sequence('color', 1, 24);
  const verdict = after(5, files, { manifest: manifestOf(files, { passes }), manifestFile });
  expect(verdict).toMatchObject({ state: 'incomplete', reason });
});

test('a manifest beside half frames names them', () => {
  const files = [...sequence('color', 1, 24), file('color.0003.5.png')];
  const passes = { color: { pattern: 'color.####.png' } };
  const verdict = after(0, files, { manifest: manifestOf(sequence('color', 1, 24), { passes }), manifestFile });
  expect(verdict).toMatchObject({
    state: 'ready',
    warnings: ["color: 0003.5 not in the manifest's frames, left out"],
  });
});

test('a picture of one column is no video', () => {
  const files = sequence('color', 1, 1);
  const probes = probed({ 'color.0001.png': { width: 1, height: 48 } });
  const reason = 'color 1x48: too small for a video, render it at least 2x2';
  expect(after(5, files, { probes })).toMatchObject({ state: 'incomplete', reason });
  const manifest = manifestOf(files, {
    passes: { color: { pattern: 'color.####.png' } },
    frames: { first: 1, last: 1 },
    height: 1,
  });
  expect(after(5, files, { manifest, manifestFile }).reason).toBe('cosmos-clip.json: 1280x1 is too small for a video');
});

test('leaves of unread pictures are found, and in flat folders unread movies', async () => {
  const reader = new NameReader(aliases);
  const put = (name: string) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), '');
  };
  ['leaf/a.0001.rat', 'cache/smoke.0001.vdb', 'mixed/color.0001.hdr', 'mixed/sub/notes.txt', 'x/notes.gif.txt'].map(
    put,
  );
  const spots = await discoverTree(root, root, reader);
  expect(spots.map(({ folder }) => path.relative(root, folder)).sort()).toEqual(['leaf', 'mixed']);
  ['a.mp4', 'b.mxf', 'c.rat', 'd.r3d'].map(put);
  expect((await discoverFlat(root, () => false)).map(({ movie }) => movie)).toEqual(['a.mp4', 'b.mxf', 'd.r3d']);
});

test('they are listed by the watch, in a tree and in a flat folder', async () => {
  const watching = await Watching.on(root);
  dropIn(root, 'street', (made) => writeFileSync(path.join(made, 'color.0001.rat'), 'rat'));
  const sentence = 'no passes found: color.####.rat is not read: export EXR or PNG';
  expect((await watching.until('street', 'incomplete')).reason).toBe(sentence);

  const flat = path.join(path.dirname(root), 'flat');
  mkdirSync(flat);
  const movies = await Watching.on(flat, { mode: 'flat' });
  writeFileSync(path.join(flat, 'alley.mxf'), 'mxf');
  const clip = await movies.until('alley', 'incomplete');
  expect(clip.reason).toBe('alley.mxf is not read: export .mp4 or .mov, or an EXR or PNG sequence');
});
