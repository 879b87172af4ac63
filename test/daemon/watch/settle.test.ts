/** The table at the top of settle.ts, line by line, without files. */
import { expect, test } from 'vitest';
import type { ListedFile } from '../../../daemon/watch/listing.js';
import type { ClipSnapshot } from '../../../daemon/watch/settle.js';
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
  without,
} from '../../support/settling.js';

const holed = without(whole, 'depth.0012.png');
const rerendered = whole.map((one) => (one.name === 'color.0005.png' ? { ...one, mtimeMs: WRITTEN + 500 } : one));
const older = 'cosmos-clip.json is older than color.0005.png: waiting for a new manifest or 5 s of quiet';

const rendering =
  'writing: a render changes it; if that was interrupted, render again, send it again, or ' +
  'delete .cosmos-clip.json.withdrawn';

const abandoned =
  'a render took cosmos-clip.json away and has written nothing for long, so it may have died: render again, send it ' +
  'again, or delete .cosmos-clip.json.withdrawn';

/** what | quiet seconds | files | look | state | reason */
const table: [string, number, ListedFile[], Partial<ClipSnapshot>, string, string][] = [
  ['manifest agrees', 0, whole, signed, 'ready', ''],
  ['manifest withdrawn', 0, whole, { manifest: { kind: 'withdrawn' } }, 'writing', rendering],
  ['manifest withdrawn', 599, whole, { manifest: { kind: 'withdrawn' } }, 'writing', rendering],
  ['manifest withdrawn', 600, whole, { manifest: { kind: 'withdrawn' } }, 'incomplete', abandoned],
  [
    'manifest withdrawn, known content',
    500,
    whole,
    { manifest: { kind: 'withdrawn' }, known: after(0, whole).observation.key },
    'writing',
    rendering,
  ],
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
const wrong: [string, ListedFile[], Partial<ClipSnapshot>, string][] = [
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
    'color is there twice: old_color.####.png and older_color.####.png (keep one)',
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
