/**
 * Exports that people of this field had trouble with, by the number of their case: what the watch says of them, and what
 * the movies show that would go to the GPU.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Clip, PassName } from '../../../schemas/index.js';
import { writeManifest } from '../../support/manifest.js';
import { frameFile as imageFile, writePng } from '../../support/passes.js';
import { Watching } from '../../support/watching.js';
import {
  DISPLAY,
  encoded,
  expectAlike,
  expectLabels,
  FRAMES,
  HEIGHT,
  otherThanJudged,
  type PassChannels,
  type Rgb,
  type Sequences,
  shownColors,
  shownDepth,
  valuesOf,
  WIDTH,
  wishesFor,
} from './field.js';
import { makeExr, type PartWish } from './make-exr.js';
import { OpenImageIO } from './oiio.js';

const RGB: PartWish['channels'] = { R: 'half', G: 'half', B: 'half' };
const RGBA: PartWish['channels'] = { ...RGB, A: { type: 'half', picture: { constant: 1 } } };
const DEPTH = { type: 'float', picture: 'depth' } as const;
const LABELS = { type: 'uint', picture: 'labels' } as const;
const IDS = { type: 'uint', picture: 'ids' } as const;
const NAMES = ['R', 'G', 'B'];
const plain = (channels: PartWish['channels']): PartWish => ({ display: DISPLAY, channels });
const part = (name: string, channels: PartWish['channels'], more: Partial<PartWish> = {}): PartWish => ({
  name,
  display: DISPLAY,
  channels,
  ...more,
});
const COLOR = plain(RGB);
const TILED = { tiles: { size: [16, 16] as const } };

/** ACES AP1 to Rec. 709, white to white (ACES TB-2014-004, Bradford). */
const AP1_TO_709 = [
  [1.70505, -0.62179, -0.08326],
  [-0.13026, 1.1408, -0.01055],
  [-0.024, -0.12897, 1.15297],
] as const;
const AP1 = [0.713, 0.293, 0.165, 0.83, 0.128, 0.044, 0.32168, 0.33767];
const MANIFEST = JSON.stringify(
  Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`/obj/city/house_${i}/wall`, `${i}`.padStart(8, '0')])),
);

interface Case {
  readonly files: Sequences;
  /** Where OpenImageIO finds the values of each pass. */
  readonly passes: Readonly<Partial<Record<PassName, PassChannels>>>;
}

const onlyColor = (channels: readonly string[], more: Partial<PartWish> = {}): Case => ({
  files: { color: [{ ...plain(Object.fromEntries(channels.map((name) => [name, 'half']))), ...more }] },
  passes: { color: { stem: 'color', channels } },
});
const withDepth = (channels: PartWish['channels'], channel: string): Case => ({
  files: { color: [COLOR], depth: [plain(channels)] },
  passes: { color: { stem: 'color', channels: NAMES }, depth: { stem: 'depth', channels: [channel] } },
});
const inParts = (stem: string, parts: readonly PartWish[], color: number, depth: number): Case => ({
  files: { [stem]: parts },
  passes: {
    color: { stem, subimage: color, channels: NAMES },
    ...(stem === 'shot' ? { depth: { stem, subimage: depth, channels: ['Z'] } } : {}),
  },
});

/** By the clip's name, which begins with the number of the case. */
const CASES: Readonly<Record<string, Case>> = {
  '01-layers': {
    files: { shot: [plain({ 'C.R': 'half', 'C.G': 'half', 'C.B': 'half', 'depth.Z': DEPTH })] },
    passes: {
      color: { stem: 'shot', channels: ['C.R', 'C.G', 'C.B'] },
      depth: { stem: 'shot', channels: ['depth.Z'] },
    },
  },
  '02-parts': {
    files: { shot: [part('rgba', RGBA), part('depth', { Z: DEPTH }), part('seg', { id: IDS })] },
    passes: {
      color: { stem: 'shot', channels: NAMES },
      depth: { stem: 'shot', subimage: 1, channels: ['Z'] },
      seg: { stem: 'shot', subimage: 2, channels: ['id'] },
    },
  },
  '03-Z': withDepth({ Z: DEPTH }, 'Z'),
  '03-Pz': withDepth({ Pz: DEPTH }, 'Pz'),
  '03-depth': withDepth({ depth: DEPTH }, 'depth'),
  '03-depth.Z': withDepth({ 'depth.Z': DEPTH }, 'depth.Z'),
  '03-V': withDepth({ V: DEPTH }, 'V'),
  '03-A': withDepth({ A: DEPTH }, 'A'),
  '03-Y': withDepth({ Y: DEPTH }, 'Y'),
  '03-ZA': withDepth({ Z: DEPTH, A: { type: 'half', picture: { constant: 1 } } }, 'Z'),
  '04-color': inParts('color', [part('C', RGBA), part('depth', { Z: DEPTH })], 0, 1),
  '04-shot': inParts('shot', [part('C', RGBA), part('depth', { Z: DEPTH })], 0, 1),
  '04-depth-first': inParts('shot', [part('depth', { Z: DEPTH }), part('C', RGBA)], 1, 0),
  '05-away': onlyColor(NAMES, { display: [100, 50, 163, 97], data: [100, 50, 163, 97] }),
  '05-negative': onlyColor(NAMES, { display: [-32, -24, 31, 23], data: [-40, -24, 31, 40] }),
  '08-rgb': {
    files: { color: [COLOR], seg: [plain({ R: LABELS, G: LABELS, B: LABELS })] },
    passes: { seg: { stem: 'seg', channels: NAMES } },
  },
  '08-one': {
    files: { color: [COLOR], id: [plain({ id: LABELS })] },
    passes: { seg: { stem: 'id', channels: ['id'] } },
  },
  '09-mixed': inParts('shot', [part('rgba', RGBA, TILED), part('depth', { Z: DEPTH })], 0, 1),
  '25-r': onlyColor(['r', 'g', 'b']),
  '25-red': onlyColor(['red', 'green', 'blue']),
  '25-rgba.R': onlyColor(['rgba.R', 'rgba.G', 'rgba.B']),
  '25-Combined': onlyColor(['ViewLayer.Combined.R', 'ViewLayer.Combined.G', 'ViewLayer.Combined.B']),
  '27-acescg': onlyColor(NAMES, { attributes: { chromaticities: ['chromaticities', AP1] } }),
  '34-manifest': onlyColor(NAMES, { attributes: { 'cryptomatte/1/manifest': ['string', MANIFEST] } }),
  '34-comment': onlyColor(NAMES, { attributes: { comment: ['string', 'x'.repeat(300)] } }),
};
const HTJ2K: Sequences = { color: [{ ...COLOR, compression: 'htj2k32' }] };
/** Needs PNG files and a manifest beside it. */
const NAMED_DEPTH: Sequences = { d: [plain({ 'depth.R': DEPTH, 'depth.G': DEPTH, 'depth.B': DEPTH })] };

/** Those whose movies are looked at, by way of example: they have more than one frame. */
const MOVIES = ['01-layers', '02-parts', '05-negative', '08-one', '08-rgb', '27-acescg'] as const;

let folder = '';
let judge: OpenImageIO;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'cosmos-test-')));
  judge = OpenImageIO.open();
  const stills = Object.entries({ ...CASES, '10-htj2k': { files: HTJ2K } });
  await makeExr([
    ...stills.flatMap(([name, { files }]) => wishesFor(path.join(folder, 'stills', name), files, 1)),
    ...MOVIES.flatMap((name) => wishesFor(movieFolder(name), CASES[name]?.files ?? {}, FRAMES)),
    ...wishesFor(movieFolder('01-manifest'), NAMED_DEPTH, FRAMES),
  ]);
});

afterAll(async () => {
  await judge.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The clip is the only one in its watched folder, so that a test waits for its own alone. */
function movieFolder(name: string): string {
  return path.join(folder, name, 'watched', name);
}

async function ready(name: string): Promise<Clip> {
  return (await Watching.on(path.dirname(movieFolder(name)))).until(name, 'ready');
}

function placeOf(name: string, pass: PassName): PassChannels {
  const place = CASES[name]?.passes[pass];
  if (place === undefined) throw new Error(`${name} has no ${pass}`);
  return place;
}

test('all are ready, and what is read of each pass is what OpenImageIO reads, bit for bit', async () => {
  const watching = await Watching.on(path.join(folder, 'stills'));
  const wrong: string[] = [];
  for (const [name, { passes }] of Object.entries(CASES)) {
    const clip = await watching.until(name, 'ready');
    for (const [pass, place] of Object.entries(passes) as [PassName, PassChannels][]) {
      const problem = await otherThanJudged(clip, pass, place, judge);
      if (problem !== null) wrong.push(`${name}, ${pass}: ${problem}`);
    }
  }
  expect(wrong).toEqual([]);
  const refused = await watching.until('10-htj2k', 'incomplete');
  expect(refused.reason).toMatch(/color\.0001\.exr.*HTJ2K32.*ZIP or DWAA/);
});

test('01: layers without a bare R, G, B', async () => {
  const clip = await ready('01-layers');
  expect(clip.passes).toEqual(['color', 'depth']);
  expectAlike(
    await encoded(clip, 'color', 'rgb24'),
    await shownColors(judge, clip.path, placeOf('01-layers', 'color')),
  );
  expectAlike(await encoded(clip, 'depth', 'gray'), await shownDepth(judge, clip.path, placeOf('01-layers', 'depth')));
});

test('01: depth.R, G, B beside PNG colours, named by a manifest', async () => {
  const place = movieFolder('01-manifest');
  for (let frame = 1; frame <= FRAMES; frame++) {
    writePng(imageFile(place, 'color', frame), WIDTH, HEIGHT, (x, y) => [x * 3, y * 3, 40 * frame]);
  }
  const passes = { color: { pattern: 'color.####.png' }, depth: { pattern: 'd.####.exr', layer: 'depth' } };
  writeManifest(place, { passes, frames: { first: 1, last: FRAMES, step: 1 }, width: WIDTH, height: HEIGHT });
  const clip = await ready('01-manifest');
  const depth = await shownDepth(judge, clip.path, { stem: 'd', channels: ['depth.R'] });
  expectAlike(await encoded(clip, 'depth', 'gray'), depth);
});

test('02: every part of a multi-part file is itself', async () => {
  const clip = await ready('02-parts');
  expect(clip.passes).toEqual(['color', 'depth', 'seg']);
  expectAlike(await encoded(clip, 'color', 'rgb24'), await shownColors(judge, clip.path, placeOf('02-parts', 'color')));
  expectAlike(await encoded(clip, 'depth', 'gray'), await shownDepth(judge, clip.path, placeOf('02-parts', 'depth')));
  expectLabels(await encoded(clip, 'seg', 'rgb24'), await valuesOf(judge, clip.path, placeOf('02-parts', 'seg')));
});

test('05: a display window that does not begin at 0,0', async () => {
  const clip = await ready('05-negative');
  expect([clip.width, clip.height]).toEqual([WIDTH, HEIGHT]);
  expectAlike(
    await encoded(clip, 'color', 'rgb24'),
    await shownColors(judge, clip.path, placeOf('05-negative', 'color')),
  );
});

test.each(['08-one', '08-rgb'])('08: ids as UINT get a colour each: %s', async (name) => {
  const clip = await ready(name);
  expectLabels(await encoded(clip, 'seg', 'rgb24'), await valuesOf(judge, clip.path, placeOf(name, 'seg')));
});

test('27: the primaries that a file names are honoured', async () => {
  const clip = await ready('27-acescg');
  const convert = (rgb: Rgb): Rgb => {
    const [red, green, blue] = AP1_TO_709.map(([r, g, b]) => r * rgb[0] + g * rgb[1] + b * rgb[2]);
    return [red ?? 0, green ?? 0, blue ?? 0];
  };
  const place = placeOf('27-acescg', 'color');
  const movie = await encoded(clip, 'color', 'rgb24');
  expectAlike(movie, await shownColors(judge, clip.path, place, convert));
  const unconverted = await shownColors(judge, clip.path, place);
  expect(() => expectAlike(movie, unconverted)).toThrow();
});
