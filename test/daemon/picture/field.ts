/** Clips as people of this field export them, and what their movies have to show, by OpenImageIO's word. */
import path from 'node:path';
import { expect } from 'vitest';
import { FileBytes } from '../../../daemon/picture/bytes.js';
import { drawStyleOf } from '../../../daemon/picture/draw/draw-style.js';
import { exrHeader, exrPass } from '../../../daemon/picture/exr/facts.js';
import { readFrame } from '../../../daemon/picture/exr/read-frame.js';
import { passFiles } from '../../../daemon/picture/movie/pass-files.js';
import { wordReader } from '../../../daemon/picture/pass-aliases.js';
import type { Clip, PassName } from '../../../schemas/index.js';
import { framesOf, frozen, makeEncoder, mediaTools } from '../../support/encoder.js';
import { aliases } from '../../support/watching.js';
import type { ExrWish, PartWish, Window } from './make-exr.js';
import type { OpenImageIO } from './oiio.js';

export const FRAMES = 2;
export const [WIDTH, HEIGHT] = [64, 48];
export const DISPLAY: Window = [0, 0, WIDTH - 1, HEIGHT - 1];

/** Stem of the files -> their parts. */
export type Sequences = Readonly<Record<string, readonly PartWish[]>>;

export function wishesFor(folder: string, sequences: Sequences, frames: number): ExrWish[] {
  return Object.entries(sequences).flatMap(([stem, parts]) =>
    Array.from({ length: frames }, (_, frame) => ({ file: frameFile(folder, stem, frame), parts, frame })),
  );
}

export function frameFile(folder: string, stem: string, frame: number): string {
  return path.join(folder, `${stem}.${String(frame + 1).padStart(4, '0')}.exr`);
}

/** The movie of a pass, as it goes to the GPU: the frames' bytes, gray or rgb24. */
export async function encoded(clip: Clip, pass: PassName, format: 'gray' | 'rgb24'): Promise<Buffer[]> {
  const { encoder, stateDir } = makeEncoder(await mediaTools());
  const pattern = clip.sources[pass]?.pattern ?? '';
  const files = Array.from({ length: FRAMES }, (_, frame) => {
    return frozen(path.join(clip.path, pattern.replace(/#+/, String(frame + 1).padStart(4, '0'))));
  });
  const source = pattern.endsWith('.exr') ? 'exr' : 'image';
  const style = drawStyleOf(pass, source, { color: clip.manifest?.color, depth: clip.manifest?.depth, project: {} });
  const request = { pass, files: passFiles(clip, pass, files), root: clip.root, fps: { num: 24, den: 1 }, style };
  const made = await encoder.encode(request, new AbortController().signal, () => {});
  expect(made.media).toMatchObject({ frames: FRAMES, width: WIDTH, height: HEIGHT });
  return framesOf(stateDir.cas(made.sha256), WIDTH, HEIGHT, format);
}

/** Where OpenImageIO is to style. */
export interface PassChannels {
  readonly stem: string;
  readonly subimage?: number;
  readonly channels: readonly string[];
}

/** How the first frame of a pass, as the product chooses and reads it, is not what OpenImageIO reads; null = it is. */
export async function otherThanJudged(
  clip: Clip,
  pass: PassName,
  { stem, subimage, channels }: PassChannels,
  judge: OpenImageIO,
): Promise<string | null> {
  const file = frameFile(clip.path, stem, 0);
  const wish = { pass, layer: clip.sources[pass]?.layer, passOf: wordReader(aliases) };
  const found = await FileBytes.with(file, async (bytes) => exrPass(await exrHeader(bytes), wish));
  const { width, height, primaries, choice } = found;
  const frame = readFrame(file, { ...wish, width, height, primaries, kind: choice.kind, whole: choice.whole });
  const { planes } = await judge.planes(file, subimage, channels);
  const [red, green, blue] = planes;
  const ordered = red && green && blue ? [green, blue, red] : planes;
  const right = ordered.flatMap(({ data }) => [...new Uint32Array(data.buffer)]);
  if (frame.length !== right.length) return `${frame.length} values instead of ${right.length}`;
  const other = right.filter((value, at) => value !== frame[at]).length;
  return other === 0 ? null : `${other} of ${right.length} values are other ones`;
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** Linear light with the sRGB curve (IEC 61966-2-1), rgb24, as a viewer shows it. */
export async function shownColors(
  judge: OpenImageIO,
  folder: string,
  { stem, subimage, channels }: PassChannels,
  toRec709: (rgb: Rgb) => Rgb = (rgb) => rgb,
): Promise<number[][]> {
  return byFrame(async (frame) => {
    const { planes } = await judge.planes(frameFile(folder, stem, frame), subimage, channels);
    const [red, green, blue] = [planes[0], planes[1] ?? planes[0], planes[2] ?? planes[0]];
    return Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
      toRec709([red?.data[at] ?? 0, green?.data[at] ?? 0, blue?.data[at] ?? 0]).map(displayed),
    ).flat();
  });
}

/** Distances as nearness over the clip, near = 255. */
export async function shownDepth(judge: OpenImageIO, folder: string, place: PassChannels): Promise<number[][]> {
  const values = await valuesOf(judge, folder, place);
  const nearness = values.map((frame) => frame.map((value) => 1 / value));
  const all = nearness.flat().sort((a, b) => a - b);
  const [far, near] = [all[0] ?? 0, all.at(-1) ?? 1];
  return nearness.map((frame) => frame.map((value) => ((value - far) / (near - far)) * 255));
}

/** One number a pixel, frame by frame: of several channels of small numbers each is a digit of it. */
export function valuesOf(
  judge: OpenImageIO,
  folder: string,
  { stem, subimage, channels }: PassChannels,
): Promise<number[][]> {
  return byFrame(async (frame) => {
    const { planes } = await judge.planes(frameFile(folder, stem, frame), subimage, channels);
    const values = Array.from({ length: WIDTH * HEIGHT }, () => 0);
    for (const [digit, { data }] of planes.entries()) {
      for (const [at, value] of data.entries()) values[at] = (values[at] ?? 0) + value * 8 ** digit;
    }
    return values;
  });
}

async function byFrame<T>(of: (frame: number) => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  for (let frame = 0; frame < FRAMES; frame++) found.push(await of(frame));
  return found;
}

function displayed(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  return 255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
}

/** Greys of 0 to 255 by which a movie is off on the average: H.264 and its halved colours cost some at edges. */
const CLOSE = 4;

export function expectAlike(movie: readonly Buffer[], expected: readonly (readonly number[])[]): void {
  expect(movie.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  const off = movie.map((frame, index) => meanDifference(frame, expected[index] ?? []));
  expect(Math.max(...off)).toBeLessThan(CLOSE);
}

function meanDifference(frame: Buffer, expected: readonly number[]): number {
  return frame.reduce((sum, value, at) => sum + Math.abs(value - (expected[at] ?? 0)), 0) / frame.length;
}

/** Every label has one colour of its own wherever it is, and 0 is black. rgb24 beside the labels. */
export function expectLabels(movie: readonly Buffer[], labels: readonly (readonly number[])[]): void {
  const colors = new Map<number, number[][]>();
  for (const [index, frame] of movie.entries()) {
    for (const [at, label] of (labels[index] ?? []).entries()) {
      if (!isInside(labels[index] ?? [], at)) continue;
      const found = colors.get(label) ?? [];
      found.push([...frame.subarray(3 * at, 3 * at + 3)]);
      colors.set(label, found);
    }
  }
  const means = new Map([...colors].map(([label, found]) => [label, meanColor(found)]));
  for (const [label, found] of colors) {
    const mean = means.get(label) ?? [];
    expect(Math.max(...found.map((color) => apart(color, mean)))).toBeLessThan(40);
    const others = [...means].filter(([other]) => other !== label).map(([, other]) => apart(other, mean));
    expect(Math.min(...others)).toBeGreaterThan(10);
  }
  if (means.has(0)) expect(apart(means.get(0) ?? [], [0, 0, 0])).toBeLessThan(10);
  expect(means.size).toBeGreaterThan(2);
}

/** Two pixels from any other label: movies have half the columns and rows of colour. */
function isInside(labels: readonly number[], at: number): boolean {
  const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
  for (let row = y - 2; row <= y + 2; row++) {
    for (let column = x - 2; column <= x + 2; column++) {
      if (column < 0 || row < 0 || column >= WIDTH || row >= HEIGHT) return false;
      if (labels[row * WIDTH + column] !== labels[at]) return false;
    }
  }
  return true;
}

function meanColor(colors: readonly (readonly number[])[]): number[] {
  return [0, 1, 2].map((channel) => colors.reduce((sum, color) => sum + (color[channel] ?? 0), 0) / colors.length);
}

/** By the channel in which they differ most. */
function apart(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, channel) => Math.abs(value - (b[channel] ?? 0))));
}
