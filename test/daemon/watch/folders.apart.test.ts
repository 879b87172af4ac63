import { mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { copyFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../../daemon/clock.js';
import { runProcess } from '../../../daemon/process.js';
import { discoverTree } from '../../../daemon/watch/discover.js';
import { NameReader } from '../../../daemon/watch/names.js';
import { MANIFEST_FILE, WITHDRAWN_MANIFEST_FILE } from '../../../schemas/index.js';
import { writeExr } from '../../support/exr.js';
import { writeManifest } from '../../support/manifest.js';
import { frameFile, writePng, writeSequences } from '../../support/passes.js';
import { tempDir } from '../../support/tmp.js';
import { aliases, dropIn, mediaTools, Watching } from '../../support/watching.js';

let root: string;
beforeEach(() => {
  root = path.join(tempDir(), 'exports');
  mkdirSync(root);
});

const twoPasses = (folder: string) => writeSequences(folder, { passes: ['color', 'depth'] });

function withManifest(folder: string): void {
  twoPasses(folder);
  writeManifest(folder);
}

async function dropInAndAwait(watching: Watching, name: string): Promise<void> {
  dropIn(root, name, twoPasses);
  await watching.until(name, 'ready');
}

async function writeMovie(file: string, frames = 8): Promise<void> {
  const { ffmpeg } = await mediaTools();
  const source = ['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=25', '-frames:v', String(frames)];
  await runProcess(ffmpeg, ['-v', 'error', ...source, '-pix_fmt', 'yuv420p', file]);
}

test('a manifest makes a clip ready at once, whatever the settle time', async () => {
  const watching = await Watching.on(root, { settle: 3600 });
  dropIn(root, 'street', withManifest);
  const clip = await watching.until('street', 'ready');
  expect(clip).toMatchObject({ frames: 8, fps: 24, width: 64, height: 48, hasManifest: true, existing: false });
  expect(clip).toMatchObject({ passes: ['color', 'depth'], range: { first: 1, last: 8, step: 1 }, revision: 1 });
  expect(watching.readyNames()).toEqual(['street 1']);
});

test('a manifest that comes after its frames', async () => {
  const watching = await Watching.on(root, { settle: 3600 });
  const folder = dropIn(root, 'street', twoPasses);
  await watching.until('street', 'writing');
  writeManifest(folder);
  await watching.until('street', 'ready');
});

test('a manifest that is withdrawn: a render is under way, however quiet it is; put back, nothing is new', async () => {
  const watching = await Watching.on(root, { settle: 0.05 });
  const folder = dropIn(root, 'street', withManifest);
  await watching.until('street', 'ready');
  const [manifest, withdrawn] = [path.join(folder, MANIFEST_FILE), path.join(folder, WITHDRAWN_MANIFEST_FILE)];
  renameSync(manifest, withdrawn);
  expect((await watching.until('street', 'writing')).reason).toMatch(/^writing: a render changes it/);
  const late = watching.clip('street').updatedAt;
  await dropInAndAwait(watching, 'other'); // ready by quiet alone, after the other's quiet began
  expect(watching.clip('street')).toMatchObject({ state: 'writing', updatedAt: late });
  renameSync(withdrawn, manifest);
  await watching.until('street', 'ready');
  expect(watching.readyNames()).toEqual(['street 1', 'other 1']);
});

test('a late frame heals an incomplete clip', async () => {
  const watching = await Watching.on(root);
  const folder = dropIn(root, 'street', (made) => {
    twoPasses(made);
    renameSync(frameFile(made, 'depth', 5), path.join(path.dirname(root), 'late.png'));
  });
  expect((await watching.until('street', 'incomplete')).reason).toBe('depth: frame 0005 missing');
  renameSync(path.join(path.dirname(root), 'late.png'), frameFile(folder, 'depth', 5));
  await watching.until('street', 'ready');
  expect(watching.readyNames()).toEqual(['street 1']);
});

test('a clip that is being written says already what is missing', async () => {
  const watching = await Watching.on(root, { settle: 3600 });
  dropIn(root, 'street', (folder) => {
    twoPasses(folder);
    rmSync(frameFile(folder, 'depth', 5));
  });
  expect((await watching.until('street', 'writing')).reason).toBe('writing: depth: frame 0005 missing');
});

test('a burst of a thousand frames is one ready clip', async () => {
  const watching = await Watching.on(root, { settle: 0.5 });
  const image = path.join(path.dirname(root), 'one.png');
  writePng(image, 16, 16, () => [9, 9, 9]);
  const folder = path.join(root, 'street');
  mkdirSync(folder);
  for (let frame = 1; frame <= 1000; frame++) {
    const part = `${frameFile(folder, 'color', frame)}.part`;
    await copyFile(image, part);
    await rename(part, frameFile(folder, 'color', frame));
  }
  const clip = await watching.until('street', 'ready');
  expect(clip.frames).toBe(1000);
  expect(watching.readyNames()).toEqual(['street 1']);
});

test('clips that are there when a folder is first added are existing, until they are rendered again', async () => {
  dropIn(root, 'street', withManifest);
  const watching = await Watching.on(root);
  expect((await watching.until('street', 'ready')).existing).toBe(true);

  dropIn(root, 'alley', withManifest);
  expect((await watching.until('alley', 'ready')).existing).toBe(false);

  writePng(frameFile(path.join(root, 'street'), 'color', 2), 64, 48, () => [1, 2, 3]);
  writeManifest(path.join(root, 'street'));
  await vi.waitFor(() => expect(watching.clip('street')).toMatchObject({ revision: 2, existing: false }));
  expect(watching.readyNames()).toEqual(['street 1', 'alley 1', 'street 2']);
});

test('after a restart a ready clip stays ready and is not announced again; a new one is', async () => {
  const first = await Watching.on(root, { settle: 0.2 });
  const folder = dropIn(root, 'street', twoPasses);
  const before = await first.until('street', 'ready');
  await first.folders.close();
  dropIn(root, 'alley', withManifest);

  const second = await Watching.open({ kept: first.kept });
  await second.folders.start();
  await second.until('alley', 'ready');
  expect(second.clip('street')).toMatchObject({ state: 'ready', revision: 1, width: before.width });
  expect(second.clip('alley').existing).toBe(false);
  expect(second.readyNames()).toEqual(['alley 1']);

  writePng(frameFile(folder, 'color', 2), 64, 48, () => [1, 2, 3]);
  await vi.waitFor(() => expect(second.readyNames()).toEqual(['alley 1', 'street 2']));
});

test('a root that vanishes is offline and heals without a second announcement', async () => {
  const watching = await Watching.on(root);
  dropIn(root, 'street', withManifest);
  await watching.until('street', 'ready');
  const away = path.join(path.dirname(root), 'away');
  renameSync(root, away);
  const clip = await watching.until('street', 'offline');
  expect(clip.reason).toBe(`the folder ${root} is not there: is the drive mounted?`);
  expect(watching.folders.list()[0]?.state).toBe('offline');

  renameSync(away, root);
  await watching.until('street', 'ready');
  expect(watching.folders.list()[0]?.state).toBe('online');
  expect(watching.readyNames()).toEqual(['street 1']);

  dropIn(root, 'alley', withManifest);
  await watching.until('alley', 'ready');
});

test('a mount point without its drive is offline too', async () => {
  const watching = await Watching.on(root);
  const folder = dropIn(root, 'street', withManifest);
  await watching.until('street', 'ready');
  renameSync(folder, path.join(path.dirname(root), 'elsewhere'));
  expect((await watching.until('street', 'offline')).reason).toBe(`the folder ${root} is empty: is the drive mounted?`);
});

test('a folder of the configuration may be offline at the start', async () => {
  rmSync(root, { recursive: true });
  const watching = await Watching.on(root, { source: 'config' });
  expect(watching.folders.list()[0]?.state).toBe('offline');
  mkdirSync(root);
  dropIn(root, 'street', withManifest);
  await watching.until('street', 'ready');
});

test('a clip that a person deletes is forgotten when nothing was made of it', async () => {
  const watching = await Watching.on(root);
  dropIn(root, 'alley', withManifest);
  const empty = path.join(root, 'empty');
  mkdirSync(empty);
  await watching.until('empty', 'incomplete');
  rmSync(empty, { recursive: true });
  await vi.waitFor(() => expect(watching.kept.clips.list().map(({ name }) => name)).toEqual(['alley']));
});

test('sub-folders down to the fourth level, and the root itself', async () => {
  const watching = await Watching.on(root, { settle: 0.2 });
  mkdirSync(path.join(root, 'a', 'b', 'c'), { recursive: true });
  dropIn(path.join(root, 'a', 'b', 'c'), 'deep', withManifest);
  writeSequences(root, { passes: ['color'], last: 2 });
  await watching.until('deep', 'ready');
  expect((await watching.until('exports', 'ready')).path).toBe(root);
  expect(watching.readyNames().sort()).toEqual(['deep 1', 'exports 1']);
});

test('passes in sub-folders belong to the clip whose manifest names them', async () => {
  const watching = await Watching.on(root, { settle: 3600 });
  dropIn(root, 'street', (folder) => {
    writeSequences(path.join(folder, 'rgb'), { passes: ['color'] });
    const files = [{ path: 'rgb/color.0001.png', size: 1, mtime: 1 }];
    writeManifest(folder, { passes: { color: { pattern: 'rgb/color.####.png' } }, files });
  });
  const clip = await watching.until('street', 'writing');
  expect(clip.reason).toMatch(/^cosmos-clip\.json gives another (size|time) for rgb\/color\.0001\.png: /);
  expect(watching.kept.clips.list()).toHaveLength(1);
  const reader = new NameReader(aliases);
  renameSync(path.join(clip.path, MANIFEST_FILE), path.join(clip.path, WITHDRAWN_MANIFEST_FILE));
  expect(await discoverTree(root, root, reader)).toEqual([{ folder: clip.path, movie: null }]);
  expect(await discoverTree(path.join(clip.path, 'rgb'), root, reader)).toEqual([]);
});

test('flat: each movie is a clip with its own spec', async () => {
  await writeMovie(path.join(root, 'street.mp4'));
  const watching = await Watching.on(root, { mode: 'flat' });
  await writeMovie(path.join(path.dirname(root), 'color.mp4'));
  renameSync(path.join(path.dirname(root), 'color.mp4'), path.join(root, 'color.mp4'));
  writeFileSync(path.join(root, 'street.json'), '{"prompt": "a street at dusk"}');
  writeFileSync(path.join(root, 'color.json'), '{"frames": 8}');
  writeFileSync(path.join(root, 'street_aug.mp4'), 'ours');

  const street = await watching.until('street', 'ready');
  expect(street).toMatchObject({ frames: 8, fps: 25, width: 64, height: 48, existing: true, passes: ['color'] });
  expect(street.path).toBe(path.join(root, 'street.mp4'));
  await vi.waitFor(() => expect(watching.clip('street').specFile).toBe(path.join(root, 'street.json')));
  expect(await watching.until('color', 'ready')).toMatchObject({ existing: false, specFile: null });

  writeFileSync(path.join(root, 'street.cosmos.json'), '{');
  await vi.waitFor(() => expect(watching.clip('street').specFile).toBe(path.join(root, 'street.cosmos.json')));
  expect(watching.readyNames().sort()).toEqual(['color 1', 'street 1']);
});

test('one multi-layer EXR sequence: its layers are the passes', async () => {
  const watching = await Watching.on(root);
  dropIn(root, 'street', (folder) => {
    const names = ['R', 'G', 'B', 'depth.Z', 'id.R', 'id.G', 'id.B', 'N.X'];
    const channels = Object.fromEntries(names.map((name) => [name, () => 0.5]));
    for (let frame = 1; frame <= 3; frame++) writeExr(frameFile(folder, 'render', frame, 'exr'), 8, 6, channels);
  });
  const clip = await watching.until('street', 'ready');
  expect(clip.sources).toEqual({
    color: { pattern: 'render.####.exr' },
    depth: { pattern: 'render.####.exr', layer: 'depth' },
    seg: { pattern: 'render.####.exr', layer: 'id' },
  });
  expect(clip).toMatchObject({ frames: 3, width: 8, height: 6 });
});

test('negative frames', async () => {
  const watching = await Watching.on(root);
  dropIn(root, 'street', (folder) => {
    for (const name of ['-0002', '-0001', '0000', '0001']) {
      writePng(path.join(folder, `color.${name}.png`), 8, 8, () => [0, 0, 0]);
      if (name !== '-0001') writePng(path.join(folder, `depth.${name}.png`), 8, 8, () => [0, 0, 0]);
    }
  });
  expect((await watching.until('street', 'incomplete')).reason).toBe('depth: frame -0001 missing');
  writePng(path.join(root, 'street', 'depth.-0001.png'), 8, 8, () => [0, 0, 0]);
  expect((await watching.until('street', 'ready')).range).toEqual({ first: -2, last: 1, step: 1 });
});

test('our own files and prompt.txt change nothing, and the prompt is found', async () => {
  const ours = path.join(root, 'street', 'final.mp4');
  const watching = await Watching.on(root, {}, { ownOutputs: (file) => file === ours });
  const folder = dropIn(root, 'street', twoPasses);
  const { contentKey } = await watching.until('street', 'ready');
  for (const name of ['street_aug.mp4', 'street_aug.json', 'street_preview.mp4', 'street.cosmos.json', 'final.mp4']) {
    writeFileSync(path.join(folder, name), 'ours');
  }
  writeFileSync(path.join(folder, 'prompt.txt'), 'a street at dusk');
  await vi.waitFor(() => expect(watching.clip('street').promptFile).toBe(path.join(folder, 'prompt.txt')));
  expect(watching.clip('street')).toMatchObject({ state: 'ready', contentKey, revision: 1 });
  expect(watching.readyNames()).toEqual(['street 1']);
});

test('files() is what the clip consists of', async () => {
  const watching = await Watching.on(root);
  const folder = dropIn(root, 'street', (made) => {
    withManifest(made);
    writeFileSync(path.join(made, 'prompt.txt'), 'dusk');
  });
  const files = await watching.folders.files(await watching.until('street', 'ready'));
  expect(files).toHaveLength(17);
  expect(files.map((file) => path.relative(folder, file.path))).toContain(MANIFEST_FILE);
  expect(files.every(({ size, mtimeMs }) => size > 0 && mtimeMs > 0)).toBe(true);
});

test('polling finds the same without events', async () => {
  const watching = await Watching.on(root, { poll: true });
  dropIn(root, 'street', withManifest);
  await watching.until('street', 'ready');
});

test('a folder registered by hand is ready when its files are older than the settle time', async () => {
  const outside = path.join(path.dirname(root), 'outside');
  twoPasses(outside);
  for (const name of readdirSync(outside)) utimesSync(path.join(outside, name), 1_700_000_000, 1_700_000_000);
  const watching = await Watching.open();
  const clip = await watching.folders.register(outside);
  expect(clip).toMatchObject({ name: 'outside', root: outside, existing: false, state: 'ready' });
  expect(watching.readyNames()).toEqual(['outside 1']);
  await watching.folders.close();

  const again = await Watching.open({ kept: watching.kept });
  await again.folders.start();
  rmSync(outside, { recursive: true });
  await again.until('outside', 'offline');
});

test('register refuses what is no clip, in words', async () => {
  const watching = await Watching.open();
  const text = path.join(root, 'notes.txt');
  writeFileSync(text, '');
  await expect(watching.folders.register(text)).rejects.toThrow(`${text} is neither a folder nor a movie.`);
  await expect(watching.folders.register(path.join(root, 'no'))).rejects.toThrow('There is no folder or movie at');
  await expect(watching.folders.register(root, 'flat')).rejects.toThrow('registers a movie, and this is a folder');
  await expect(watching.folders.register('street')).rejects.toThrow('"street" is not an absolute path:');
});

test('a folder inside a watched folder is not watched twice', async () => {
  const watching = await Watching.on(root);
  mkdirSync(path.join(root, 'sub'));
  await expect(watching.folders.add({ path: path.join(root, 'sub') })).rejects.toThrow('lies inside');
  await expect(watching.folders.add({ path: path.dirname(root) })).rejects.toThrow('contains');
  await expect(watching.folders.add({ path: `${root}-no` })).rejects.toThrow(`There is no folder ${root}-no.`);
});

test('remove forgets the clips and stops watching', async () => {
  const watching = await Watching.on(root);
  dropIn(root, 'street', withManifest);
  await watching.until('street', 'ready');
  await watching.folders.remove(root);
  expect(watching.kept.clips.list()).toEqual([]);
  expect(watching.folders.list()).toEqual([]);
  expect(() => watching.folders.setAutoSend(root, true)).toThrow('is not a watched folder');
});

test('auto-send is switched with its preset', async () => {
  const watching = await Watching.on(root);
  expect(watching.folders.setAutoSend(root, true, 'night')).toMatchObject({ autoSend: true, preset: 'night' });
  expect(watching.folders.setAutoSend(root, false)).toMatchObject({ autoSend: false, preset: 'night' });
});

test('adding a folder again with the same way of looking disturbs nothing', async () => {
  const watching = await Watching.on(root, { settle: 3600 });
  dropIn(root, 'street', twoPasses);
  await watching.until('street', 'writing');
  const moments = [...watching.kept.clips.moments];
  const watch = await watching.folders.add({ path: root, settle: 3600, autoSend: true });
  expect(watch).toMatchObject({ autoSend: true, settle: 3600 });
  expect(watching.kept.clips.moments).toEqual(moments);
});

test('another settle time holds from then on', async () => {
  const watching = await Watching.on(root, { settle: 3600 });
  dropIn(root, 'street', twoPasses);
  await watching.until('street', 'writing');
  await watching.folders.add({ path: root, settle: 0.1 });
  await watching.until('street', 'ready');
});

test('a folder is added, changed and removed in every way that people write it, and removed as it is listed', async () => {
  const watching = await Watching.open();
  expect(await watching.folders.add({ path: `"${root}/"` })).toMatchObject({ path: root });
  await watching.folders.add({ path: pathToFileURL(root).href, fps: 25 });
  expect(watching.folders.list()).toEqual([expect.objectContaining({ path: root, fps: 25 })]);
  await watching.folders.remove(` ${root} `);
  expect(watching.folders.list()).toEqual([]);
  await expect(watching.folders.add({ path: '$HIP/render' })).rejects.toThrow('is known only inside Houdini');
  const [odd] = ['/cfg/$HIP/render'];
  watching.kept.watches.put({ ...(await watching.folders.add({ path: root })), path: odd });
  await watching.folders.remove(odd);
  expect(watching.folders.list().map((watch) => watch.path)).toEqual([root]);
});

test.each([
  ['nfs4', 2000],
  [undefined, 60_000],
])('on %s a folder is listed every %i ms', async (drive, pace) => {
  const paces = new Set<number>();
  const after = (ms: number, callback: () => void) => {
    if (ms >= 2000) paces.add(ms);
    return systemClock.after(ms, callback);
  };
  await Watching.on(root, {}, { clock: { ...systemClock, after }, networkMount: async () => drive });
  expect([...paces]).toEqual([pace]);
});
