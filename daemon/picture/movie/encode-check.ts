/**
 * Whether a movie shows what was written into it: some of its frames are decoded and compared with their source.
 * Tolerances, and what they were measured on: docs/decisions/encode-check.md.
 */
import { CosmosError } from '../../errors.js';
import { decodeFrames } from '../../media/frames.js';
import { probeVideo } from '../../media/probe.js';
import type { MediaTools } from '../../media/tools.js';
import type { ProcessOptions } from '../../process.js';

export interface DrawnShape {
  readonly width: number;
  readonly height: number;
  readonly format: 'rgb24' | 'gray';
}

/** Codes that the mean of a plane may move by. */
const MEAN_TOLERANCE = 3;
/** The error of the luma, squared: this share of the picture's own variance ... */
const LOST = 0.25;
/** ... and so much that even a flat picture may have. */
const NOISE = 6;
/** A pixel that two neighbouring frames show so differently (codes of luma) tells them apart. */
const TELLING = 28;
/** With fewer such pixels there is no judgement. */
const ENOUGH = 32;

/** A frame as the codec sees it: Y'CbCr of Rec. 709 in video range, 8 bits. */
interface Picture {
  /** One code a pixel. */
  readonly luma: Uint8Array;
  /** Of Y, Cb and Cr. */
  readonly means: readonly [number, number, number];
}

/** Keeps the frames that will be compared: the first, the middle and the last, with their neighbours. */
export class Samples {
  readonly at: readonly number[];
  private readonly kept = new Map<number, Picture>();
  private readonly wanted: ReadonlySet<number>;
  private seen = 0;

  constructor(
    readonly shape: DrawnShape,
    readonly frames: number,
  ) {
    this.at = [...new Set([0, Math.floor(frames / 2), frames - 1])];
    this.wanted = new Set(this.at.flatMap((frame) => [frame - 1, frame, frame + 1]));
  }

  /** To be given every frame of the movie, in order. */
  add(frame: Buffer): void {
    if (this.wanted.has(this.seen)) this.kept.set(this.seen, drawnPicture(frame, this.shape.format));
    this.seen++;
  }

  get(frame: number): Picture | undefined {
    return this.kept.get(frame);
  }
}

/**
 * @throws CosmosError encode_failed with the frame (data.frame, from 1) when the movie shows something else than was
 *   written, or has another length or size.
 */
export async function requireFaithful(
  tools: MediaTools,
  file: string,
  samples: Samples,
  options: ProcessOptions,
): Promise<void> {
  const { shape, frames, at } = samples;
  const info = await probeVideo(tools, file, options.signal);
  if (info.width !== shape.width || info.height !== shape.height || info.frames !== frames) {
    const wanted = `${frames} frames of ${shape.width}x${shape.height}`;
    throw unfaithful(`has ${info.frames} frames of ${info.width}x${info.height} instead of ${wanted}`, {});
  }
  let compared = 0;
  const planes = { width: shape.width, height: shape.height * 1.5, format: 'gray' } as const;
  for await (const raw of decodeFrames(tools, info.input, planes, { ...options, filter: planesOf(at) })) {
    const frame = at[compared++] ?? frames;
    const fault = faultOf(decodedPicture(raw, shape), frame, samples);
    if (fault === undefined) continue;
    throw unfaithful(`shows frame ${frame + 1} of ${frames} ${fault}`, { frame: frame + 1 });
  }
  if (compared === at.length) return;
  throw unfaithful(`ends before frame ${(at[compared] ?? 0) + 1} of ${frames}`, { frame: (at[compared] ?? 0) + 1 });
}

/** These frames as grey pictures, untouched by any conversion: Y, and below it Cb and Cr side by side, half as large. */
function planesOf(frames: readonly number[]): string {
  const chosen = frames.map((frame) => `eq(n,${frame})`).join('+');
  return `select='${chosen}',extractplanes=y+u+v[y][u][v];[u][v]hstack[c];[y][c]vstack`;
}

/** How the decoded picture differs from what was drawn as this frame, as the end of a sentence; undefined = it does not. */
function faultOf(decoded: Picture, frame: number, samples: Samples): string | undefined {
  const own = samples.get(frame);
  if (own === undefined) throw new Error(`frame ${frame} was not kept`);
  if (own.means.some((mean, channel) => Math.abs(mean - (decoded.means[channel] ?? 0)) > MEAN_TOLERANCE)) {
    return `with another brightness or colour (Y'CbCr ${rounded(decoded.means)}, drawn as ${rounded(own.means)})`;
  }
  const neighbours = [frame - 1, frame + 1];
  const taken = neighbours.find((other) => isRatherLike(decoded, samples.get(other), own));
  if (taken !== undefined) return `as frame ${taken + 1}`;
  const { error, variance } = errorOf(own.luma, decoded.luma);
  return error > LOST * variance + NOISE ? 'as another picture' : undefined;
}

/** Of the pixels that tell the two apart, more than half fit the other one. */
function isRatherLike(decoded: Picture, other: Picture | undefined, own: Picture): boolean {
  if (other === undefined) return false;
  let telling = 0;
  let others = 0;
  for (let i = 0; i < own.luma.length; i++) {
    const [a, b, c] = [own.luma[i] ?? 0, other.luma[i] ?? 0, decoded.luma[i] ?? 0];
    if (Math.abs(a - b) < TELLING) continue;
    telling++;
    if (Math.abs(c - b) < Math.abs(c - a)) others++;
  }
  return telling >= ENOUGH && others > telling / 2;
}

/** Mean of the squared differences, and of the squared distances of `drawn` from its mean. */
function errorOf(drawn: Uint8Array, decoded: Uint8Array): { readonly error: number; readonly variance: number } {
  let [error, sum, squares] = [0, 0, 0];
  for (let i = 0; i < drawn.length; i++) {
    const value = drawn[i] ?? 0;
    error += (value - (decoded[i] ?? 0)) ** 2;
    sum += value;
    squares += value * value;
  }
  const mean = sum / drawn.length;
  return { error: error / drawn.length, variance: squares / drawn.length - mean * mean };
}

function decodedPicture(planes: Buffer, { width, height }: DrawnShape): Picture {
  const luma = planes.subarray(0, width * height);
  const half = width / 2;
  let [cb, cr] = [0, 0];
  for (let at = luma.length; at < planes.length; at += width) {
    cb += sumOf(planes.subarray(at, at + half));
    cr += sumOf(planes.subarray(at + half, at + width));
  }
  const pixels = luma.length / 4;
  return { luma, means: [sumOf(luma) / luma.length, cb / pixels, cr / pixels] };
}

function drawnPicture(frame: Buffer, format: DrawnShape['format']): Picture {
  const isGrey = format === 'gray';
  const luma = new Uint8Array(isGrey ? frame.length : frame.length / 3);
  let [red, green, blue] = [0, 0, 0];
  for (let i = 0; i < luma.length; i++) {
    const at = isGrey ? i : 3 * i;
    const r = frame[at] ?? 0;
    const g = isGrey ? r : (frame[at + 1] ?? 0);
    const b = isGrey ? r : (frame[at + 2] ?? 0);
    luma[i] = Math.round(lumaOf(r, g, b));
    red += r;
    green += g;
    blue += b;
  }
  return { luma, means: componentsOf(red / luma.length, green / luma.length, blue / luma.length) };
}

/** ITU-R BT.709-6, items 3.2 to 3.4 and 4.6, for full-range R'G'B' of 8 bits. */
function lumaOf(red: number, green: number, blue: number): number {
  return 16 + (219 / 255) * (0.2126 * red + 0.7152 * green + 0.0722 * blue);
}

function componentsOf(red: number, green: number, blue: number): [number, number, number] {
  const y = lumaOf(red, green, blue);
  const full = ((y - 16) * 255) / 219;
  const difference = (colour: number, scale: number) => 128 + ((224 / 255) * (colour - full)) / scale;
  return [y, difference(blue, 1.8556), difference(red, 1.5748)];
}

function sumOf(codes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < codes.length; i++) sum += codes[i] ?? 0;
  return sum;
}

function rounded(means: readonly number[]): string {
  return means.map((mean) => Math.round(mean)).join(', ');
}

function unfaithful(what: string, data: Record<string, number>): CosmosError {
  const advice = 'Try again; if it stays so, set another ffmpeg (daemon.ffmpeg in cosmos.toml).';
  return new CosmosError('encode_failed', `The movie that ffmpeg wrote ${what}. ${advice}`, data);
}
