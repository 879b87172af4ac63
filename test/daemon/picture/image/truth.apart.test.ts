/** What ffmpeg and we make of every kind of image, beside what OpenImageIO makes of it; the rest is refused. */
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MediaTools } from '../../../../daemon/media/tools.js';
import { imageSize, readImages } from '../../../../daemon/picture/image/frames.js';
import { readImageHeader } from '../../../../daemon/picture/image/headers.js';
import { mediaTools, oldMediaTools } from '../../../support/encoder.js';
import { type Judgement, makeImages, oiioPixels } from './oiio-pixels.js';

/** Files that are refused, and a word of the sentence. */
const REFUSED: Readonly<Record<string, string>> = {
  'dpx-10-big-1.dpx': '10 bits that is not RGB',
  'dpx-10-big-4.dpx': '10 bits that is not RGB',
  'dpx-10-little-1.dpx': '10 bits that is not RGB',
  'dpx-10-little-4.dpx': '10 bits that is not RGB',
  'dpx-10-packed.dpx': 'packed',
  'dpx-linear.dpx': 'linear',
  'dpx-logarithmic.dpx': 'logarithmic',
  'dpx-printing-density.dpx': 'film density',
  'jpeg-ycck.jpg': 'YCCK',
  'png-animated.png': 'animated',
  'png-grey1-trns.png': 'transparent grey',
  'png-grey2-trns.png': 'transparent grey',
  'png-grey4-trns.png': 'transparent grey',
  'tga-grey-alpha.tga': 'grey TGA of 16 bits',
  'tiff-big.tif': 'BigTIFF',
  'tiff-cmyk.tif': 'other colours',
  'tiff-float.tif': '32-bit floats',
  'tiff-grey-alpha16-planes.tif': 'planes',
  'tiff-grey-alpha16-tiles.tif': 'tiles',
  'tiff-grey-alpha8-planes.tif': 'planes',
  'tiff-grey-alpha8-tiles.tif': 'tiles',
  'tiff-grey16-planes.tif': 'planes',
  'tiff-grey16-tiles.tif': 'tiles',
  'tiff-grey8-planes.tif': 'planes',
  'tiff-grey8-tiles.tif': 'tiles',
  'tiff-half.tif': 'floats',
  'tiff-lab.tif': 'other colours',
  'tiff-lzma.tif': 'unusual way',
  'tiff-rgb16-tiles.tif': 'tiles',
  'tiff-rgb8-tiles.tif': 'tiles',
  'tiff-rgba16-tiles.tif': 'tiles',
  'tiff-rgba8-tiles.tif': 'tiles',
  'tiff-signed.tif': 'unsigned',
  'tiff-uint32.tif': 'floats',
  'tiff-white-is-zero16.tif': '16 bits',
  'webp-animated.webp': 'animated',
};

/**
 * Largest difference in levels of 8 bits. The standards of JPEG and WebP leave rounding to the decoder, and a level of
 * chrominance is nearly two of blue.
 */
function allowance(name: string): number {
  if (name.startsWith('jpeg-')) return 3;
  return name.startsWith('webp-lossy') ? 2 : 1;
}

let base: string;
let folder: string;
let judged: Map<string, Judgement>;
let accepted: string[];

beforeAll(async () => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'cosmos-test-')));
  folder = path.join(base, 'shot %04d: [x]');
  mkdirSync(folder);
  await makeImages(folder);
  const names = readdirSync(folder).sort();
  accepted = names.filter((name) => REFUSED[name] === undefined);
  judged = await oiioPixels(accepted.map((name) => path.join(folder, name)));
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

test('what would be read as something else than it is, is refused with a sentence', async () => {
  const problems = await Promise.all(
    readdirSync(folder)
      .filter((name) => !name.endsWith('.f32'))
      .map(async (name) => [name, (await readImageHeader(path.join(folder, name))).problem] as const),
  );
  const refused = Object.fromEntries(problems.filter(([, problem]) => problem !== null));
  expect(Object.keys(refused).sort()).toEqual(Object.keys(REFUSED).sort());
  for (const [name, word] of Object.entries(REFUSED)) expect(refused[name], name).toContain(word);
});

test.each([
  ['the ffmpeg found here', mediaTools],
  ['the npm package', oldMediaTools],
])('what is read is what OpenImageIO reads, with %s', async (_, tools) => {
  const found = await tools();
  const worse: string[] = [];
  for (const [name, difference] of await differences(found)) {
    if (difference > allowance(name)) worse.push(`${name}: ${difference}`);
  }
  expect(worse).toEqual([]);
});

/** Files of one size are one pass, and those of one coding lie side by side: an ffmpeg for each takes far longer. */
async function differences(tools: MediaTools): Promise<[name: string, levels: number][]> {
  const passes = new Map<string, string[]>();
  const looks = accepted.map(async (name) => ({ name, ...(await readImageHeader(path.join(folder, name))) }));
  const coded = (await Promise.all(looks)).map(({ coding, ...image }) => ({ ...image, key: JSON.stringify(coding) }));
  for (const { name, width, height } of coded.sort((one, other) => one.key.localeCompare(other.key))) {
    passes.set(`${width}x${height}`, [...(passes.get(`${width}x${height}`) ?? []), name]);
  }
  const found: [string, number][] = [];
  for (const names of passes.values()) {
    const files = names.map((name) => path.join(folder, name));
    const shape = { ...(await imageSize(files[0] ?? '')), format: 'rgb24' } as const;
    let done = 0;
    for await (const frame of readImages(tools, { files, root: null }, shape)) {
      found.push([names[done] ?? '', compared(frame, files[done] ?? '')]);
      done++;
    }
  }
  expect(found.map(([name]) => name).sort()).toEqual(accepted);
  return found;
}

/** Levels of 8 bits by which the farthest value is off. */
function compared(frame: Buffer, file: string): number {
  const { width, height, channels, data } = judged.get(file) as Judgement;
  expect(frame.length, file).toBe(width * height * 3);
  const count = channels.length;
  const green = count < 3 ? 0 : 1;
  let worst = 0;
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (const channel of [0, 1, 2]) {
      const wanted = data[pixel * count + channel * green] ?? 0;
      worst = Math.max(worst, Math.abs((frame[3 * pixel + channel] ?? 0) - wanted * 255));
    }
  }
  return Math.round(worst * 100) / 100;
}

test('grey of 16 bits keeps every bit', async () => {
  for (const name of ['png-grey16.png', 'tiff-grey16-lzw.tif', 'dpx-16-big-1.dpx']) {
    const file = path.join(folder, name);
    const { width, height, data } = judged.get(file) as Judgement;
    for await (const frame of readImages(
      await mediaTools(),
      { files: [file], root: null },
      { width, height, format: 'gray16le' },
    )) {
      const values = Array.from({ length: width * height }, (_, i) => frame.readUInt16LE(2 * i));
      expect(values, name).toEqual([...data].map((value) => Math.round(value * 65_535)));
    }
  }
});
