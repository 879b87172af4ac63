/** The table at the top of settle.ts, line by line, without files. */
import { expect, test } from 'vitest';
import type { FileProbe, Probes } from '../../../daemon/watch/checks.js';
import type { ListedFile } from '../../../daemon/watch/listing.js';
import type { ManifestReading } from '../../../daemon/watch/manifest.js';
import { NameReader } from '../../../daemon/watch/names.js';
import { type Look, settle, type Verdict } from '../../../daemon/watch/settle.js';
import { ClipManifest } from '../../../schemas/index.js';
import { aliases } from '../../support/watching.js';

const reader = new NameReader(aliases);
const WRITTEN = 1_000_000;

function file(name: string, more: Partial<ListedFile> = {}): ListedFile {
  return { name, size: 100, mtimeMs: WRITTEN, problem: null, ...more };
}

function sequence(pass: string, first: number, last: number, more: Partial<ListedFile> = {}): ListedFile[] {
  return Array.from({ length: last - first + 1 }, (_, index) => {
    return file(`${pass}.${String(first + index).padStart(4, '0')}.png`, more);
  });
}

const without = (files: ListedFile[], ...names: string[]) => files.filter(({ name }) => !names.includes(name));

const good: FileProbe = { width: 1280, height: 720, layers: [], problem: null, frames: null, fps: null };

/** Everything was probed and is good, but for what is given by file name. */
function probed(odd: Readonly<Record<string, Partial<FileProbe>>> = {}, undecodable: string[] = []): Probes {
  return {
    header: ({ name }) => ({ ...good, ...odd[name] }),
    decoded: ({ name }) => (undecodable.includes(name) ? 'cannot be read: invalid data' : null),
  };
}

const nothingAsked: Probes = { header: () => undefined, decoded: () => undefined };

function manifestOf(files: readonly ListedFile[], more: object = {}): ManifestReading {
  const manifest = ClipManifest.parse({
    schema: 'cosmos-clip/1',
    name: 'street',
    passes: { color: { pattern: 'color.####.png' }, depth: { pattern: 'depth.####.png' } },
    frames: { first: 1, last: 24 },
    fps: 24,
    width: 1280,
    height: 720,
    files: files.map(({ name, size, mtimeMs }) => ({ path: name, size, mtime: mtimeMs })),
    ...more,
  });
  return { kind: 'read', manifest, below: [] };
}

/** Looks at the files first when they appear, then after `quiet` seconds of a settle time of 5. */
function after(quiet: number, files: readonly ListedFile[], more: Partial<Look> = {}): Verdict {
  const look: Look = {
    files,
    manifest: { kind: 'none' },
    manifestFile: null,
    movie: null,
    previous: null,
    known: null,
    probes: probed(),
    reader,
    now: 50_000,
    settle: 5,
    age: 0,
    ...more,
  };
  const first = settle(look);
  return settle({ ...look, previous: first.observation, now: look.now + quiet * 1000 });
}

const whole = [...sequence('color', 1, 24), ...sequence('depth', 1, 24)];
const holed = without(whole, 'depth.0012.png');
const manifestFile = file('cosmos-clip.json', { mtimeMs: WRITTEN + 10 });
const signed = { manifest: manifestOf(whole), manifestFile };
const rerendered = whole.map((one) => (one.name === 'color.0005.png' ? { ...one, mtimeMs: WRITTEN + 500 } : one));
const older = 'cosmos-clip.json is older than color.0005.png: waiting for a new manifest or 5 s of quiet';

/** what | quiet seconds | files | look | state | reason */
const table: [string, number, ListedFile[], Partial<Look>, string, string][] = [
  ['manifest agrees', 0, whole, signed, 'ready', ''],
  ['known content', 0, whole, { known: after(0, whole).observation.key }, 'ready', ''],
  ['manifest older than a file', 0, rerendered, signed, 'writing', older],
  ['manifest older than a file', 2, rerendered, signed, 'settling', older],
  ['manifest older than a file', 5, rerendered, signed, 'ready', ''],
  ['whole', 0, whole, {}, 'writing', 'writing: files still change'],
  ['whole', 0.9, whole, {}, 'writing', 'writing: files still change'],
  ['whole', 1, whole, {}, 'settling', 'settling: waiting for 5 s of quiet'],
  ['whole', 4.9, whole, {}, 'settling', 'settling: waiting for 5 s of quiet'],
  ['whole', 5, whole, {}, 'ready', ''],
  ['hole', 0, holed, {}, 'writing', 'writing: depth: frame 0012 missing'],
  ['hole', 2, holed, {}, 'settling', 'settling: depth: frame 0012 missing'],
  ['hole', 5, holed, {}, 'incomplete', 'depth: frame 0012 missing'],
  ['hole by a manifest', 0, holed, signed, 'writing', 'writing: depth: frame 0012 missing'],
  ['hole by a manifest', 5, holed, signed, 'incomplete', 'depth: frame 0012 missing'],
  ['nothing', 5, [], {}, 'incomplete', 'empty folder: no passes found; expected files like color.0001.png'],
];
test.each(table)('%s, quiet for %d s', (_, quiet, files, look, state, reason) => {
  expect(after(quiet, files, look)).toMatchObject({ state, reason, wants: [] });
});

const movies = [file('color.mp4'), file('depth.mp4')];
/** what is wrong after the quiet -> the reason */
const wrong: [string, ListedFile[], Partial<Look>, string][] = [
  [
    'several holes',
    without(whole, 'depth.0012.png', 'depth.0013.png', 'depth.0014.png', 'depth.0015.png'),
    {},
    'depth: frames 0012-0015 missing',
  ],
  [
    'holes in two passes',
    without(whole, 'depth.0012.png', 'color.0003.png'),
    {},
    'color: frame 0003 missing; depth: frame 0012 missing',
  ],
  ['last frame', without(whole, 'depth.0024.png'), {}, 'depth has 23 frames, color 24'],
  [
    'other range',
    [...sequence('color', 1, 24), ...sequence('depth', 2, 25)],
    {},
    'depth has frames 0002-0025, color 0001-0024',
  ],
  [
    'sizes',
    whole,
    {
      probes: probed(
        Object.fromEntries(sequence('depth', 1, 24).map(({ name }) => [name, { width: 960, height: 540 }])),
      ),
    },
    'depth 960x540, color 1280x720',
  ],
  [
    'one frame of another size',
    whole,
    { probes: probed({ 'color.0007.png': { width: 960, height: 540 } }) },
    'color.0007.png is 960x540, color.0001.png 1280x720',
  ],
  [
    'cut',
    whole,
    { probes: probed({ 'color.0007.png': { problem: 'is cut off (no end marker)' } }) },
    'color.0007.png is cut off (no end marker)',
  ],
  ['undecodable', whole, { probes: probed({}, ['depth.0024.png']) }, 'depth.0024.png cannot be read: invalid data'],
  [
    'link',
    whole.map((one) =>
      one.name === 'color.0003.png' ? { ...one, problem: 'is a link that leads out of the watched folder' } : one,
    ),
    {},
    'color.0003.png is a link that leads out of the watched folder',
  ],
  [
    'movies of unequal length',
    movies,
    { probes: probed({ 'color.mp4': { frames: 24 }, 'depth.mp4': { frames: 23 } }) },
    'depth has 23 frames, color 24',
  ],
  [
    'a movie shorter than its sequence',
    [...sequence('color', 1, 24), file('depth.mp4')],
    { probes: probed({ 'depth.mp4': { frames: 1 } }) },
    'depth has 1 frame, color 24',
  ],
  [
    'movie unreadable',
    movies,
    { probes: probed({ 'depth.mp4': { problem: 'cannot be read: moov atom not found' } }) },
    'depth.mp4 cannot be read: moov atom not found',
  ],
  [
    'a pass twice',
    [...whole, ...sequence('old_color', 1, 24), ...sequence('older_color', 1, 24)].filter(
      ({ name }) => !name.startsWith('color'),
    ),
    {},
    'color is there twice: old_color.####.png and older_color.####.png',
  ],
  ['a frame twice', [...whole, file('color.3.png')], {}, 'color: frame 3 is there twice'],
  [
    'no pass among the images',
    [file('a.0001.png'), file('b.0001.png')],
    {},
    'no passes found in a.0001.png and 1 more; expected files like color.0001.png',
  ],
  [
    'manifest wrong',
    whole,
    { manifest: { kind: 'wrong', problem: 'cosmos-clip.json: frames.last: expected a number' } },
    'cosmos-clip.json: frames.last: expected a number',
  ],
  [
    'manifest lists more',
    whole,
    { manifest: manifestOf([...whole, file('camera.json')]), manifestFile },
    'camera.json is missing, though cosmos-clip.json lists it',
  ],
  [
    'manifest names a movie that is not there',
    whole,
    { manifest: manifestOf(whole, { passes: { color: { file: 'color.mp4' } } }), manifestFile },
    'color: color.mp4 is missing',
  ],
];
test.each(wrong)('incomplete: %s', (_, files, look, reason) => {
  expect(after(5, files, look)).toMatchObject({ state: 'incomplete', reason });
});

/** a manifest that does not agree -> the sentence while waiting */
test.each([
  [
    'another size',
    whole.map((one) => (one.name === 'depth.0002.png' ? { ...one, size: 99 } : one)),
    'gives another size for depth.0002.png',
  ],
  [
    'another time',
    whole.map((one) => (one.name === 'depth.0002.png' ? { ...one, mtimeMs: WRITTEN - 60_000 } : one)),
    'gives another time for depth.0002.png',
  ],
])('a manifest with %s', (_, files, words) => {
  expect(after(0, files, signed).reason).toBe(`cosmos-clip.json ${words}: waiting for a new manifest or 5 s of quiet`);
});

test('a file that changes begins the quiet anew', () => {
  const look: Look = { ...blank(), files: whole };
  const first = settle(look);
  const grown = settle({ ...look, files: [...whole, file('seg.0001.png')], previous: first.observation, now: 54_000 });
  expect(grown.observation.since).toBe(54_000);
  expect(grown.state).toBe('writing');
});

test('the recheck comes when the answer can change, and not before', () => {
  expect(after(0, whole).recheckAt).toBe(51_000);
  expect(after(2, whole).recheckAt).toBe(55_000);
  expect(after(5, whole).recheckAt).toBeNull();
  expect(after(5, holed).recheckAt).toBeNull();
});

test('unanswered questions are asked after the quiet: every header, first and last decode of each pass', () => {
  expect(after(4, whole, { probes: nothingAsked }).wants).toEqual([]);
  const { wants, state } = after(5, whole, { probes: nothingAsked });
  expect(state).toBe('settling');
  expect(wants.filter(({ check }) => check === 'header')).toHaveLength(48);
  expect(wants.filter(({ check }) => check === 'decode').map(({ file: { name } }) => name)).toEqual([
    'color.0001.png',
    'color.0024.png',
    'depth.0001.png',
    'depth.0024.png',
  ]);
});

test('a manifest that agrees asks nothing', () => {
  expect(after(0, whole, { ...signed, probes: nothingAsked })).toMatchObject({ state: 'ready', wants: [] });
});

test('a multi-layer EXR is asked for its layers first', () => {
  const files = [file('render.0001.exr'), file('render.0002.exr')];
  const asked = after(0, files, { probes: nothingAsked });
  expect(asked.wants).toEqual([{ file: files[0], check: 'header', layer: null }]);
  const layers = ['', 'main.depth', 'Pz', 'id', 'albedo'];
  const header = { layers };
  const known = after(5, files, { probes: probed({ 'render.0001.exr': header, 'render.0002.exr': header }) });
  expect(known).toMatchObject({ state: 'ready' });
  expect(known.shape.passes.map(({ pass, source }) => [pass, source.layer])).toEqual([
    ['color', undefined],
    ['depth', 'main.depth'],
    ['seg', 'id'],
  ]);
});

test('a frame without the layer of its neighbours', () => {
  const files = [file('render.0001.exr'), file('render.0002.exr')];
  const probes = probed({ 'render.0001.exr': { layers: ['', 'depth'] }, 'render.0002.exr': { layers: [''] } });
  expect(after(5, files, { probes }).reason).toBe('depth: render.0002.exr has no layer depth');
});

test('an EXR without any pass in it', () => {
  const probes = probed({ 'render.0001.exr': { layers: ['N', 'albedo'] } });
  expect(after(5, [file('render.0001.exr')], { probes }).reason).toBe(
    'render.0001.exr: none of its layers is a pass (N, albedo)',
  );
});

test('a name without prefix wins, a sequence beats a movie, and both are told', () => {
  const files = [...whole, ...sequence('old_color', 1, 24), file('depth.mp4')];
  expect(after(5, files)).toMatchObject({
    state: 'ready',
    warnings: ['color: using color.####.png, not old_color.####.png', 'depth: using depth.####.png, not depth.mp4'],
  });
});

test('frames rendered again after another pass was finished are a warning', () => {
  const hour = 3_600_000;
  const late = new Set(['color.0005.png', 'color.0006.png', 'color.0007.png']);
  const files = whole.map((one) => (late.has(one.name) ? { ...one, mtimeMs: WRITTEN + hour } : one));
  expect(after(5, files)).toMatchObject({ state: 'ready', warnings: ['color re-rendered 5-7 after depth'] });
});

test('passes written one after the other, or in turns, are no warning', () => {
  const hour = 3_600_000;
  const inTurns = whole.map((one) => {
    const frame = Number(one.name.split('.')[1]);
    return { ...one, mtimeMs: WRITTEN + frame * 60_000 + (one.name.startsWith('color') ? 5000 : 0) };
  });
  const oneByOne = [...sequence('color', 1, 24), ...sequence('depth', 1, 24, { mtimeMs: WRITTEN + hour })];
  expect(after(5, inTurns).warnings).toEqual([]);
  expect(after(5, oneByOne).warnings).toEqual([]);
});

test('frames beyond the manifest are left out with a warning', () => {
  const files = [...whole, ...sequence('depth', 25, 30)];
  const verdict = after(0, files, signed);
  expect(verdict).toMatchObject({ state: 'ready' });
  expect(verdict.warnings).toEqual(["depth: 0025-0030 not in the manifest's frames, left out"]);
  expect(verdict.observation.key).toBe(after(0, whole, signed).observation.key);
});

test('where a person vouches for it, files may be old instead of watched', () => {
  expect(settle({ ...blank(), files: whole, age: 6000 }).state).toBe('ready');
  expect(settle({ ...blank(), files: whole, age: 4000 }).state).toBe('settling');
});

function blank(): Look {
  const known = { manifest: { kind: 'none' as const }, manifestFile: null, movie: null, previous: null, known: null };
  return { ...known, files: [], probes: probed(), reader, now: 50_000, settle: 5, age: 0 };
}

/** Small and seeded, so that a failure can be repeated. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

test.each(Array.from({ length: 50 }, (_, seed) => seed + 1))(
  'order of arrival %d: never ready before the last file, ready after it',
  (seed) => {
    const arriving = shuffled(sequence('color', 1, 8).concat(sequence('depth', 1, 8)), seed);
    const manifest = manifestOf(arriving, { frames: { first: 1, last: 8 } });
    let previous: Look['previous'] = null;
    for (let there = 1; there <= arriving.length; there++) {
      const look = { ...blank(), files: arriving.slice(0, there), manifest, manifestFile, previous };
      const verdict = settle({ ...look, now: 50_000 + there * 100 });
      previous = verdict.observation;
      const quiet = settle({ ...look, previous, now: 90_000 });
      const expected = there === arriving.length ? ['ready', 'ready'] : ['writing', 'incomplete'];
      expect([verdict.state, quiet.state]).toEqual(expected);
    }
  },
);

test('between two frames of a slow render a clip waits for longer than they are apart', () => {
  const look: Look = { ...blank(), files: sequence('color', 1, 1), now: 0 };
  const first = settle(look);
  const second = settle({ ...look, files: sequence('color', 1, 2), previous: first.observation, now: 60_000 });
  const later = (now: number) => settle({ ...look, files: sequence('color', 1, 2), previous: second.observation, now });
  expect(later(120_000)).toMatchObject({ state: 'settling', reason: 'settling: waiting for 120 s of quiet' });
  expect(later(180_000)).toMatchObject({ state: 'ready' });
});
