/** Notes of renders: when a clip waits for images, for how long, and what ends the wait. Without files. */
import { expect, test } from 'vitest';
import type { StandingNote } from '../../../daemon/watch/awaited.js';
import { completeManifest } from '../../../daemon/watch/complete-clip.js';
import type { ListedFile } from '../../../daemon/watch/listing.js';
import type { ClipSnapshot } from '../../../daemon/watch/settle.js';
import { ClipManifest, RenderNote } from '../../../schemas/index.js';
import {
  after,
  file,
  manifestFile,
  manifestOf,
  probed,
  sequence,
  signed,
  WRITTEN,
  whole,
} from '../../support/settling.js';

const draft = { schema: 'cosmos-clip/1', name: 'street', passes: { color: { pattern: 'color.####.png' } }, fps: 25 };

interface Told {
  readonly first?: number;
  readonly last?: number;
  readonly before?: readonly ListedFile[];
  readonly process?: StandingNote['process'];
  readonly clip?: object | null;
  readonly mtimeMs?: number;
}

/** A render of color.####.png, by default of all 24 frames, whose images come by themselves. */
function note({ first = 1, last = 24, before = whole, process = 'none', clip, mtimeMs = WRITTEN + 20 }: Told = {}) {
  const frames = { first, last };
  const read = RenderNote.parse({
    schema: 'cosmos-render/1',
    id: `r${first}`,
    node: '/out/karma1',
    began: '2026-01-01T14:02:00.000Z',
    ...(process !== 'none' && { process: { host: 'ws12/linux', pid: 7 } }),
    images: [{ pattern: 'color.####.png', frames }],
    before: before.map(({ name, size, mtimeMs: mtime }) => ({ path: name, size, mtime })),
    ...(process === 'none' && clip !== null && { clip: { ...draft, frames, ...clip } }),
  });
  const said = read.clip === undefined ? null : manifestOf([], { ...read.clip, files: [] });
  return { file: `.cosmos-render.${read.id}.json`, mtimeMs, note: read, draft: said, process } satisfies StandingNote;
}

const at = (ms: number) => new Date(ms).toISOString().slice(11, 16);
const renders = (...notes: StandingNote[]): Pick<ClipSnapshot, 'renders'> => ({
  renders: { notes, problem: null, at },
});
const fresh = (files: readonly ListedFile[], ...frames: number[]) =>
  files.map((one) =>
    frames.some((frame) => one.name === `color.${String(frame).padStart(4, '0')}.png`)
      ? { ...one, mtimeMs: one.mtimeMs + 3000 }
      : one,
  );
const all = fresh(whole, ...Array.from({ length: 24 }, (_, index) => index + 1));
const waits = 'writing: waits for frames 1-24 of the render of /out/karma1 that began 14:02';
const remedy =
  'render them again, send what is there from Houdini, or stop waiting with `cosmos clip withdraw` and its name';

/** what | quiet seconds | files | look | state | reason */
const table: [string, number, readonly ListedFile[], Partial<ClipSnapshot>, string, string][] = [
  ['first render, nothing there', 9, [], renders(note({ before: [] })), 'writing', waits],
  ['old frames, whole and quiet', 9, whole, renders(note()), 'writing', waits],
  ['old frames under a manifest', 9, whole, { ...signed, ...renders(note()) }, 'writing', waits],
  ['half of it new', 9, fresh(whole, 1, 2, 24), renders(note()), 'writing', waits.replace('1-24', '3-23')],
  ['one frame', 9, fresh(whole, 1), renders(note({ last: 2 })), 'writing', waits.replace('frames 1-24', 'frame 2')],
  ['all of it new', 0, all, renders(note()), 'writing', 'writing: files still change'],
  ['all of it new and quiet', 5, all, renders(note()), 'ready', ''],
  [
    'all new, its process at work',
    9,
    all,
    renders(note({ process: 'alive' })),
    'writing',
    'writing: the render of /out/karma1 that began 14:02 is still at work',
  ],
  ['all new, its process gone', 5, all, renders(note({ process: 'ended' })), 'ready', ''],
  ['nothing new, its process gone', 5, whole, { ...signed, ...renders(note({ process: 'ended' })) }, 'ready', ''],
  [
    'half new, its process gone',
    0,
    fresh(whole, 1),
    renders(note({ process: 'ended' })),
    'incomplete',
    `frames 2-24 have not come: what rendered /out/karma1 ended during the render that began 14:02; ${remedy}`,
  ],
  ['a longer range', 9, fresh(whole, 1), renders(note({ last: 30 })), 'writing', waits.replace('1-24', '2-30')],
  [
    'one of two renders has come',
    9,
    fresh(whole, 1, 2),
    renders(note({ last: 2 }), note({ first: 20 })),
    'writing',
    waits.replace('1-24', '20-24'),
  ],
  ['a manifest of afterwards', 0, whole, { ...signed, ...renders(note({ mtimeMs: WRITTEN + 5 })) }, 'ready', ''],
  [
    'nothing came for long',
    601,
    fresh(whole, 1),
    renders(note()),
    'incomplete',
    `frames 2-24 of street have not come since 00:16; the render of /out/karma1 may have died: ${remedy}`,
  ],
  [
    'nothing came at all for long, no manifest',
    601,
    whole,
    renders(note()),
    'incomplete',
    `frames 1-24 of street have not come since 14:02; the render of /out/karma1 may have died: ${remedy}`,
  ],
  ['all came, and nobody ends it', 601, all, renders(note({ process: 'unknown' })), 'ready', ''],
];
test.each(table)('%s, quiet for %d s', (_, quiet, files, look, state, reason) => {
  expect(after(quiet, files, look)).toMatchObject({ state, reason });
});

test('a render that brought nothing for long: the manifest speaks again, its note stands, and it is said', () => {
  const verdict = after(601, whole, { ...signed, ...renders(note({ process: 'alive' })) });
  expect(verdict).toMatchObject({ state: 'ready', standing: [], over: [] });
  expect(verdict.warnings[0]).toMatch(
    /^frames 1-24 have not come since 14:02; the render of \/out\/karma1 may have died/,
  );
  expect(after(9, fresh(whole, 1), { ...signed, ...renders(note({ process: 'alive' })) }).state).toBe('writing');
});

test('times are those of the files themselves, as coarse as a drive tells them', () => {
  const coarse = whole.map((one) => ({ ...one, mtimeMs: 1_000_000 }));
  const before = whole.map((one) => ({ ...one, mtimeMs: 1_000_412.7 }));
  expect(after(9, coarse, renders(note({ before }))).reason).toBe(waits);
  const older = all.map((one) => ({ ...one, mtimeMs: one.mtimeMs - 9_000_000 })); // a clock that is far behind
  expect(after(5, older, renders(note())).state).toBe('ready');
  const sameSecond = whole.map((one) => ({ ...one, size: one.size + 1 }));
  expect(after(5, sameSecond, renders(note())).state).toBe('ready');
});

test('what is over is told apart from what stands', () => {
  const dead = note({ process: 'ended', first: 3 });
  const verdict = after(
    5,
    all.map((one, index) => (index < 24 ? one : { ...one })),
    renders(note(), dead),
  );
  expect(verdict.standing.map(({ note: { id } }) => id)).toEqual(['r1', 'r3']);
  expect(after(5, whole, { ...signed, ...renders(dead) }).over).toEqual([dead]);
});

test('a note that cannot be read keeps its clip from being taken for finished', () => {
  const broken = { notes: [], problem: '.cosmos-render.x.json is not JSON: remove it', at };
  expect(after(9, whole, { renders: broken })).toMatchObject({ state: 'incomplete', reason: broken.problem });
});

test('the manifest that is written: what the render said, and what the images tell', () => {
  const { standing, shape } = after(5, all, renders(note({ clip: { wanted: { prompt: 'Rain' } } })));
  const manifest = completeManifest(standing, shape, probed());
  expect(ClipManifest.parse(manifest)).toMatchObject({
    ...{ name: 'street', fps: 25, width: 1280, height: 720, renders: ['r1'], wanted: { prompt: 'Rain' } },
    frames: { first: 1, last: 24, step: 1 },
  });
  expect(manifest?.files).toHaveLength(24);
  const camera = { frames: [{ frame: 1, focal: 9, center: [1, 1], world: Array(16).fill(0) }] };
  const smaller = after(5, all, renders(note({ clip: { camera, width: 640, height: 360 } })));
  expect(completeManifest(smaller.standing, smaller.shape, probed())?.camera).toBeUndefined();
  const asSaid = after(5, all, renders(note({ clip: { camera, width: 1280, height: 720 } })));
  expect(completeManifest(asSaid.standing, asSaid.shape, probed())?.camera).toEqual(camera);
  expect(completeManifest([note({ process: 'ended' })], shape, probed())).toBeNull();
});

test('movies and pictures without a number', () => {
  const movie = file('color.mp4');
  const told = note({ before: [movie] });
  const of: StandingNote = {
    ...told,
    draft: null,
    note: { ...told.note, images: [{ file: 'color.mp4', frames: { first: 1, last: 24, step: 1 } }] },
  };
  expect(after(9, [movie], renders(of)).reason).toMatch(/^writing: waits for color\.mp4 of the render/);
  expect(after(5, [{ ...movie, size: 7 }], renders(of)).state).toBe('ready');
  expect(after(0, [...sequence('color', 1, 2), manifestFile], renders(of)).state).toBe('writing');
});
