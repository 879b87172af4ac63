import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ManifestReader, parseManifest } from '../../../daemon/watch/manifest.js';
import { tempDir } from '../../support/tmp.js';

const good = {
  schema: 'cosmos-clip/1',
  name: 'street',
  passes: { color: { pattern: 'color.####.png' } },
  frames: { first: 1, last: 8 },
  fps: 24,
  width: 64,
  height: 48,
  files: [],
};

/** A change of the good manifest -> the sentence about it. */
test.each([
  [{ frames: { first: 1, last: 'eight' } }, 'frames.last: expected a number'],
  [{ frames: { first: 1 } }, 'frames.last: expected a number, but it is missing'],
  [{ frames: { first: 1, last: 8.5 } }, 'frames.last: expected a whole number'],
  [{ frames: { first: 8, last: 1 } }, 'frames.last: is before frames.first'],
  [{ name: undefined }, 'name: expected text, but it is missing'],
  [{ fps: true }, 'fps: expected a number or expected text'],
  [{ colour: 1 }, 'unknown key "colour"'],
  [{ schema: 'cosmos-clip/2' }, 'schema: expected "cosmos-clip/1"'],
  [{ passes: { color: {} } }, 'passes.color: a pass has either "pattern" (a sequence) or "file" (a movie)'],
  [{ passes: { color: { pattern: 'color.png' } } }, 'passes.color.pattern: has no # where the frame number stands'],
  [{ passes: { color: { file: '../a.mp4' } } }, 'passes.color: "../a.mp4" leads out of the clip folder'],
  [{ passes: { color: { file: '/etc/a.mp4' } } }, 'passes.color: "/etc/a.mp4" leads out of the clip folder'],
  [{ passes: { color: { file: 'C:\\a.mp4' } } }, 'passes.color: "C:\\\\a.mp4" leads out of the clip folder'],
  [{ files: [{ path: 'a/../../b', size: 1, mtime: 1 }] }, 'files.0.path: "a/../../b" leads out of the clip folder'],
  [{ camera: { file: '../camera.json' } }, 'camera.file: "../camera.json" leads out of the clip folder'],
])('%j: %s', (change, sentence) => {
  const reading = parseManifest(JSON.stringify({ ...good, ...change }));
  expect(reading).toEqual({ kind: 'wrong', problem: `cosmos-clip.json: ${sentence}` });
});

test('a manifest of Windows: folders by backslashes; nothing of another drive or stream', () => {
  const passes = { color: { pattern: 'rgb\\color.####.png' }, depth: { file: 'z\\depth.mp4' } };
  const files = [{ path: 'rgb\\color.0001.png', size: 1, mtime: 1 }];
  const reading = parseManifest(JSON.stringify({ ...good, passes, files }));
  expect(reading).toMatchObject({
    kind: 'read',
    below: ['rgb', 'z'],
    manifest: {
      passes: { color: { pattern: 'rgb/color.####.png' }, depth: { file: 'z/depth.mp4' } },
      files: [{ path: 'rgb/color.0001.png' }],
    },
  });
  const stream = parseManifest(JSON.stringify({ ...good, passes: { color: { file: 'c:color.mp4' } } }));
  expect(stream).toMatchObject({ problem: expect.stringContaining('leads out of the clip folder') });
});

test('what is no JSON says so', () => {
  expect(parseManifest('{"schema":')).toMatchObject({ problem: expect.stringContaining('this is not JSON: ') });
});

test('sub-folders of passes are known', () => {
  const passes = { color: { pattern: 'rgb/color.####.png' }, depth: { pattern: 'depth.####.png' } };
  expect(parseManifest(JSON.stringify({ ...good, passes }))).toMatchObject({ kind: 'read', below: ['rgb'] });
});

test('the file is read again only when it changed', async () => {
  const folder = tempDir();
  const reader = new ManifestReader(folder, null);
  expect(await reader.read()).toEqual({ kind: 'none' });
  writeFileSync(path.join(folder, 'cosmos-clip.json'), `\uFEFF${JSON.stringify(good)}`);
  const first = await reader.read();
  expect(first).toMatchObject({ kind: 'read', manifest: { name: 'street' } });
  expect(await reader.read()).toBe(first);
  writeFileSync(path.join(folder, 'cosmos-clip.json'), JSON.stringify({ ...good, name: 'alley' }));
  expect(await reader.read()).toMatchObject({ manifest: { name: 'alley' } });
});
