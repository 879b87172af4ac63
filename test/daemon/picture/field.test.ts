/**
 * Exports that people of this field had trouble with, by the number of their case: what the watch says of them, and what
 * the movies show that would go to the GPU.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
const plain = (channels: PartWish['channels']): PartWish => ({ display: DISPLAY, channels });
const part = (name: string, channels: PartWish['channels'], more: Partial<PartWish> = {}): PartWish => ({
  name,
  display: DISPLAY,
  channels,
  ...more,
});
const COLOR = plain(RGB);
const ids = (name: string) => part(name, { id: { type: 'uint', picture: 'ids' } });
const tiled = { tiles: { size: [16, 16] as const } };

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

/** Clip -> its files. The number is the case's. */
const CLIPS: Readonly<Record<string, Sequences>> = {
  '01-layers': { shot: [plain({ 'C.R': 'half', 'C.G': 'half', 'C.B': 'half', 'depth.Z': DEPTH })] },
  '01-manifest': { d: [plain({ 'depth.R': DEPTH, 'depth.G': DEPTH, 'depth.B': DEPTH })] },
  '02-parts': { shot: [part('rgba', RGBA), part('depth', { Z: DEPTH }), ids('seg')] },
  '03-Z': { color: [COLOR], depth: [plain({ Z: DEPTH })] },
  '03-Pz': { color: [COLOR], depth: [plain({ Pz: DEPTH })] },
  '03-depth': { color: [COLOR], depth: [plain({ depth: DEPTH })] },
  '03-depth.Z': { color: [COLOR], depth: [plain({ 'depth.Z': DEPTH })] },
  '03-V': { color: [COLOR], depth: [plain({ V: DEPTH })] },
  '03-A': { color: [COLOR], depth: [plain({ A: DEPTH })] },
  '03-ZA': { color: [COLOR], depth: [plain({ Z: DEPTH, A: { type: 'half', picture: { constant: 1 } } })] },
  '04-color': { color: [part('C', RGBA), part('depth', { Z: DEPTH })] },
  '04-shot': { shot: [part('C', RGBA), part('depth', { Z: DEPTH })] },
  '04-depth-first': { shot: [part('depth', { Z: DEPTH }), part('C', RGBA)] },
  '05-away': { color: [{ ...COLOR, display: [100, 50, 163, 97] }] },
  '05-negative': { color: [{ ...COLOR, display: [-32, -24, 31, 23], data: [-40, -24, 31, 40] }] },
  '08-rgb': { color: [COLOR], seg: [plain({ R: LABELS, G: LABELS, B: LABELS })] },
  '08-one': { color: [COLOR], id: [plain({ id: LABELS })] },
  '09-mixed': { shot: [part('rgba', RGBA, tiled), part('depth', { Z: DEPTH })] },
  '10-htj2k': { color: [{ ...COLOR, compression: 'htj2k32' }] },
  '25-r': { color: [plain({ r: 'half', g: 'half', b: 'half' })] },
  '25-red': { color: [plain({ red: 'half', green: 'half', blue: 'half' })] },
  '25-rgba.R': { color: [plain({ 'rgba.R': 'half', 'rgba.G': 'half', 'rgba.B': 'half' })] },
  '25-Combined': {
    color: [plain({ 'ViewLayer.Combined.R': 'half', 'ViewLayer.Combined.G': 'half', 'ViewLayer.Combined.B': 'half' })],
  },
  '27-acescg': { color: [{ ...COLOR, attributes: { chromaticities: ['chromaticities', AP1] } }] },
  '34-manifest': { color: [{ ...COLOR, attributes: { 'cryptomatte/1/manifest': ['string', MANIFEST] } }] },
  '34-comment': { color: [{ ...COLOR, attributes: { comment: ['string', 'x'.repeat(300)] } }] },
};

let root = '';
let judge: OpenImageIO;

beforeAll(async () => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'cosmos-test-')));
  judge = OpenImageIO.open();
  await makeExr(Object.entries(CLIPS).flatMap(([clip, files]) => wishesFor(folderOf(clip), files)));
}, 60_000);

afterAll(async () => {
  await judge.close();
  rmSync(root, { recursive: true, force: true });
});

/** A folder of its own a clip: each test watches its own alone. */
function folderOf(clip: string): string {
  return path.join(root, clip, 'watched', clip);
}

async function ready(clip: string) {
  const watching = await Watching.on(path.dirname(folderOf(clip)));
  return watching.until(clip, 'ready');
}

test('01: layers without a bare R, G, B', async () => {
  const clip = await ready('01-layers');
  const folder = folderOf('01-layers');
  expect(clip.passes).toEqual(['color', 'depth']);
  const colors = await shownColors(judge, folder, { stem: 'shot', channels: ['C.R', 'C.G', 'C.B'] });
  expectAlike(await encoded(clip, 'color', 'rgb24'), colors);
  const depth = await shownDepth(judge, folder, { stem: 'shot', channels: ['depth.Z'] });
  expectAlike(await encoded(clip, 'depth', 'gray'), depth);
});

test('01: depth.R, G, B beside PNG colours, named by a manifest', async () => {
  const folder = folderOf('01-manifest');
  mkdirSync(folder, { recursive: true });
  for (let frame = 1; frame <= FRAMES; frame++) {
    writePng(imageFile(folder, 'color', frame), WIDTH, HEIGHT, (x, y) => [x * 3, y * 3, 40 * frame]);
  }
  writeManifest(folder, {
    passes: { color: { pattern: 'color.####.png' }, depth: { pattern: 'd.####.exr', layer: 'depth' } },
    frames: { first: 1, last: FRAMES, step: 1 },
    width: WIDTH,
    height: HEIGHT,
  });
  const clip = await ready('01-manifest');
  const depth = await shownDepth(judge, folder, { stem: 'd', channels: ['depth.R'] });
  expectAlike(await encoded(clip, 'depth', 'gray'), depth);
});

test('02: every part of a multi-part file is itself', async () => {
  const clip = await ready('02-parts');
  const folder = folderOf('02-parts');
  expect(clip.passes).toEqual(['color', 'depth', 'seg']);
  const colors = await shownColors(judge, folder, { stem: 'shot', channels: ['R', 'G', 'B'] });
  expectAlike(await encoded(clip, 'color', 'rgb24'), colors);
  const depth = await shownDepth(judge, folder, { stem: 'shot', subimage: 1, channels: ['Z'] });
  expectAlike(await encoded(clip, 'depth', 'gray'), depth);
  const labels = await valuesOf(judge, folder, { stem: 'shot', subimage: 2, channels: ['id'] });
  expectLabels(await encoded(clip, 'seg', 'rgb24'), labels);
});

test.each([
  ['03-Z', 'Z'],
  ['03-Pz', 'Pz'],
  ['03-depth', 'depth'],
  ['03-depth.Z', 'depth.Z'],
  ['03-V', 'V'],
  ['03-A', 'A'],
  ['03-ZA', 'Z'],
])('03: a depth file with a lone channel: %s', async (name, channel) => {
  const clip = await ready(name);
  const depth = await shownDepth(judge, folderOf(name), { stem: 'depth', channels: [channel] });
  expectAlike(await encoded(clip, 'depth', 'gray'), depth);
});

test.each([
  ['04-color', 'color', 0],
  ['04-shot', 'shot', 0],
  ['04-depth-first', 'shot', 1],
])('04: a part that is called C: %s', async (name, stem, subimage) => {
  const clip = await ready(name);
  const colors = await shownColors(judge, folderOf(name), { stem, subimage, channels: ['R', 'G', 'B'] });
  expectAlike(await encoded(clip, 'color', 'rgb24'), colors);
  if (stem !== 'shot') return;
  const depth = await shownDepth(judge, folderOf(name), { stem, subimage: 1 - subimage, channels: ['Z'] });
  expectAlike(await encoded(clip, 'depth', 'gray'), depth);
});

test.each(['05-away', '05-negative'])('05: a display window that does not begin at 0,0: %s', async (name) => {
  const clip = await ready(name);
  expect([clip.width, clip.height]).toEqual([WIDTH, HEIGHT]);
  const colors = await shownColors(judge, folderOf(name), { stem: 'color', channels: ['R', 'G', 'B'] });
  expectAlike(await encoded(clip, 'color', 'rgb24'), colors);
});

test('08: ids as UINT get a colour each', async () => {
  const labels = await valuesOf(judge, folderOf('08-one'), { stem: 'id', channels: ['id'] });
  expectLabels(await encoded(await ready('08-one'), 'seg', 'rgb24'), labels);
});

test('08: ids as UINT in three channels are told apart', async () => {
  const movie = await encoded(await ready('08-rgb'), 'seg', 'rgb24');
  const labels = await valuesOf(judge, folderOf('08-rgb'), { stem: 'seg', channels: ['R', 'G', 'B'] });
  expectLabels(movie, labels);
});

test('09: tiles in one part, scan lines in another', async () => {
  const clip = await ready('09-mixed');
  const depth = await shownDepth(judge, folderOf('09-mixed'), { stem: 'shot', subimage: 1, channels: ['Z'] });
  expectAlike(await encoded(clip, 'depth', 'gray'), depth);
});

test('10: HTJ2K is named, with the remedy', async () => {
  const watching = await Watching.on(path.dirname(folderOf('10-htj2k')));
  const clip = await watching.until('10-htj2k', 'incomplete');
  expect(clip.reason).toMatch(/color\.0001\.exr.*HTJ2K32.*ZIP or DWAA/);
});

test.each([
  ['25-r', ['r', 'g', 'b']],
  ['25-red', ['red', 'green', 'blue']],
  ['25-rgba.R', ['rgba.R', 'rgba.G', 'rgba.B']],
  ['25-Combined', ['ViewLayer.Combined.R', 'ViewLayer.Combined.G', 'ViewLayer.Combined.B']],
])('25: other names for red, green and blue: %s', async (name, channels) => {
  const colors = await shownColors(judge, folderOf(name), { stem: 'color', channels });
  expectAlike(await encoded(await ready(name), 'color', 'rgb24'), colors);
});

test('27: the primaries that a file names are honoured', async () => {
  const clip = await ready('27-acescg');
  const convert = (rgb: Rgb): Rgb => {
    const [red, green, blue] = AP1_TO_709.map(([r, g, b]) => r * rgb[0] + g * rgb[1] + b * rgb[2]);
    return [red ?? 0, green ?? 0, blue ?? 0];
  };
  const place = { stem: 'color', channels: ['R', 'G', 'B'] };
  const movie = await encoded(clip, 'color', 'rgb24');
  expectAlike(movie, await shownColors(judge, folderOf('27-acescg'), place, convert));
  const unconverted = await shownColors(judge, folderOf('27-acescg'), place);
  expect(() => expectAlike(movie, unconverted)).toThrow();
});

test.each(['34-manifest', '34-comment'])('34: long attributes in the header: %s', async (name) => {
  const colors = await shownColors(judge, folderOf(name), { stem: 'color', channels: ['R', 'G', 'B'] });
  expectAlike(await encoded(await ready(name), 'color', 'rgb24'), colors);
});
