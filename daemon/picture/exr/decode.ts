/** Channels of one part of an EXR file as planes of the display window, every value as it is stored. */
import { HALF_TO_BITS } from '../half.js';
import { CUT_OFF } from '../image.js';
import { PictureError } from '../picture-error.js';
import { type ChunkChannel, type ChunkLayout, chunkLayout } from './chunk-layout.js';
import { type ChunkPlace, placesOf, tableOf } from './chunks.js';
import { DamagedChunk } from './codec/damaged-chunk.js';
import type { ExrHeader, ExrPart, SampleType } from './header.js';
import { requireReadable } from './readable.js';
import { type ExrSource, headerOf, withSource } from './source.js';
import { uncompress } from './uncompress.js';
import type { Window } from './window.js';

/** Which channels of which part, by their full names in the file. */
export interface ExrSelection {
  readonly part: number;
  readonly channels: readonly string[];
}

export interface ExrPlane {
  readonly channel: string;
  /** As stored; half floats come as floats, exactly. */
  readonly type: SampleType;
  /** Row by row from the upper left corner of the display window; 0 where nothing is stored. */
  readonly data: Float32Array | Uint32Array;
}

export interface ExrPlanes {
  /** Pixels of the display window. */
  readonly width: number;
  readonly height: number;
  readonly planes: readonly ExrPlane[];
}

/** @throws PictureError; the system's error when the file cannot be opened. */
export function decodeExr(file: string, selection: ExrSelection): ExrPlanes {
  return withSource(file, (source) => decodeChannels(source, headerOf(source), selection));
}

/** @throws PictureError naming what cannot be read, or what is damaged. */
export function decodeChannels(source: ExrSource, header: ExrHeader, selection: ExrSelection): ExrPlanes {
  const part = header.parts[selection.part];
  if (part === undefined) throw new PictureError(`has no part number ${selection.part}`);
  const compression = requireReadable(part);
  const chosen = selection.channels.map((name) => channelIndex(part, name));
  const { width, height } = part.displayWindow;
  const planes = chosen.map(() => new Uint32Array(width * height));
  const chunks = new ChunkReader(source, header, selection.part);
  const layouts = new Layouts(part);
  for (const place of placesOf(part, compression)) {
    const packed = chunks.read(place);
    const layout = layouts.of(place.region);
    const samples = aligned(sound(place, () => uncompress(compression, packed, layout)));
    for (const [i, index] of chosen.entries()) {
      const [channel, plane] = [layout.channels[index], planes[i]];
      if (channel !== undefined && plane !== undefined) draw(samples, channel, place.region, plane, part.displayWindow);
    }
  }
  return {
    width,
    height,
    planes: chosen.map((index, i) => {
      const { name, type } = part.channels[index] ?? { name: '', type: 'float' };
      const words = planes[i] ?? new Uint32Array(0);
      return { channel: name, type, data: type === 'uint' ? words : new Float32Array(words.buffer) };
    }),
  };
}

function channelIndex(part: ExrPart, name: string): number {
  const index = part.channels.findIndex((channel) => channel.name === name);
  if (index < 0) throw new PictureError(`has no channel ${name}`);
  return index;
}

function sound<T>({ region }: ChunkPlace, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DamagedChunk || error instanceof RangeError)) throw error;
    throw new PictureError(`is damaged at line ${region.y}: render that frame again`);
  }
}

/** Words of 16 bits are read from it, so they must begin at an even byte. */
function aligned(bytes: Uint8Array): Uint16Array {
  const even = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes); // a copy: slice() of a Buffer is none
  return new Uint16Array(even.buffer, even.byteOffset, even.length >> 1);
}

/** Chunks of one width and height lie alike, unless a channel is sub-sampled: then the position counts as well. */
class Layouts {
  private readonly known = new Map<string, ChunkLayout>();

  constructor(private readonly part: ExrPart) {}

  of(region: Window): ChunkLayout {
    const sampled = this.part.channels.some(({ xSampling, ySampling }) => xSampling > 1 || ySampling > 1);
    const key = `${region.width} ${region.height} ${sampled ? `${region.x} ${region.y}` : ''}`;
    const layout = this.known.get(key) ?? chunkLayout(this.part.channels, region);
    if (!sampled) this.known.set(key, layout);
    return layout;
  }
}

/** Copies one channel of a chunk to its place; a sub-sampled one fills the pixels up to its next sample. */
function draw(
  samples: Uint16Array,
  { channel, width, size, rows }: ChunkChannel,
  region: Window,
  plane: Uint32Array,
  display: Window,
): void {
  const { xSampling, ySampling } = channel;
  const firstX = Math.ceil(region.x / xSampling) * xSampling;
  const firstY = Math.ceil(region.y / ySampling) * ySampling;
  for (let line = 0; line < rows.length; line++) {
    const word = (rows[line] ?? 0) >> 1;
    const y = firstY + line * ySampling - display.y;
    const bottom = Math.min(y + ySampling, display.height);
    for (let row = Math.max(0, y); row < bottom; row++) {
      const from = firstX - display.x;
      if (xSampling === 1) copyLine(samples, word, size, width, plane, row * display.width, from, display.width);
      else spreadLine(samples, word, size, width, plane, row * display.width, from, display.width, xSampling);
    }
  }
}

function copyLine(
  samples: Uint16Array,
  word: number,
  size: 2 | 4,
  count: number,
  plane: Uint32Array,
  row: number,
  x: number,
  right: number,
): void {
  const first = Math.max(0, -x);
  const end = Math.min(count, right - x);
  let to = row + x + first;
  if (size === 2) {
    for (let i = word + first; i < word + end; i++) plane[to++] = HALF_TO_BITS[samples[i] ?? 0] ?? 0;
    return;
  }
  for (let i = word + 2 * first; i < word + 2 * end; i += 2) {
    plane[to++] = (samples[i] ?? 0) | ((samples[i + 1] ?? 0) << 16);
  }
}

function spreadLine(
  samples: Uint16Array,
  word: number,
  size: 2 | 4,
  count: number,
  plane: Uint32Array,
  row: number,
  x: number,
  right: number,
  sampling: number,
): void {
  for (let i = 0; i < count; i++) {
    const at = word + (size >> 1) * i;
    const bits =
      size === 2 ? (HALF_TO_BITS[samples[at] ?? 0] ?? 0) : (samples[at] ?? 0) | ((samples[at + 1] ?? 0) << 16);
    const from = Math.min(right, Math.max(0, x + i * sampling));
    plane.fill(bits, row + from, row + Math.min(right, Math.max(0, x + (i + 1) * sampling)));
  }
}

/** Bytes read at once: chunks lie one after the other, and a network drive answers few large questions sooner. */
const READ_AHEAD = 2 ** 20;

/** The chunks of one part by their places. */
class ChunkReader {
  private readonly offsets: Buffer;
  private ahead: { readonly at: number; readonly bytes: Buffer } = { at: 0, bytes: Buffer.alloc(0) };

  constructor(
    private readonly source: ExrSource,
    private readonly header: ExrHeader,
    private readonly part: number,
  ) {
    const { at, length } = tableOf(header, part);
    if (at + length > source.size) throw new PictureError(CUT_OFF);
    this.offsets = source.read(at, length);
  }

  read({ index, expected, region }: ChunkPlace): Buffer {
    if (8 * index + 8 > this.offsets.length) throw new PictureError('is damaged: its header counts too few chunks');
    const offset = Number(this.offsets.readBigUInt64LE(8 * index));
    if (offset === 0) throw new PictureError(CUT_OFF);
    const before = this.header.multiPart ? 4 : 0;
    const head = before + 4 * expected.length + 4;
    const words = this.at(offset, head);
    const isOurs = before === 0 || words.readInt32LE(0) === this.part;
    const found = expected.every((value, i) => words.readInt32LE(before + 4 * i) === value);
    if (!isOurs || !found) throw new PictureError(`is damaged at line ${region.y}: render that frame again`);
    return this.at(offset + head, words.readUInt32LE(head - 4));
  }

  private at(offset: number, length: number): Buffer {
    if (offset + length > this.source.size) throw new PictureError(CUT_OFF);
    const { at, bytes } = this.ahead;
    if (offset >= at && offset + length <= at + bytes.length) return bytes.subarray(offset - at, offset - at + length);
    const wanted = Math.min(Math.max(length, READ_AHEAD), this.source.size - offset);
    this.ahead = { at: offset, bytes: this.source.read(offset, wanted) };
    return this.ahead.bytes.subarray(0, length);
  }
}
