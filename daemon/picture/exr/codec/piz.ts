/**
 * PIZ (ImfPizCompressor.cpp, ImfWav.cpp): values are numbered densely, each channel is Haar-transformed in two
 * dimensions as a picture of 16-bit numbers, and the coefficients are Huffman-coded. Pure.
 */
import type { ChunkLayout } from '../chunk-layout.js';
import { DamagedChunk } from './damaged-chunk.js';
import { unhuffman } from './huffman.js';

const BITMAP_BYTES = 8192;

export function unpiz(packed: Uint8Array, { bytes, channels }: ChunkLayout): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  if (packed.length < 4) throw new DamagedChunk();
  const [low, high] = [view.getUint16(0, true), view.getUint16(2, true)];
  if (low >= BITMAP_BYTES || high >= BITMAP_BYTES) throw new DamagedChunk();
  const mapped = low <= high ? high - low + 1 : 0;
  if (packed.length < 8 + mapped) throw new DamagedChunk();
  const { values, most } = valuesOf(packed.subarray(4, 4 + mapped), low);
  const length = view.getInt32(4 + mapped, true);
  if (length < 0 || length > packed.length - 8 - mapped) throw new DamagedChunk();
  const words = unhuffman(packed.subarray(8 + mapped, 8 + mapped + length), bytes / 2);
  let from = 0;
  for (const { width, height, size } of channels) {
    const step = size / 2;
    for (let half = 0; half < step; half++) unwavelet(words, from + half, width, step, height, width * step, most);
    from += width * height * step;
  }
  for (let i = 0; i < words.length; i++) words[i] = values[words[i] ?? 0] ?? 0;
  return inLines(words, { bytes, channels });
}

/** The value that each number stands for: those whose bit is set, in order, and always 0. */
function valuesOf(bitmap: Uint8Array, low: number): { values: Uint16Array; most: number } {
  const values = new Uint16Array(65_536);
  let count = 1; // 0 is always present, its bit is ignored
  for (let i = 0; i < bitmap.length; i++) {
    for (let bit = 0; bit < 8; bit++) {
      const value = (low + i) * 8 + bit;
      if (value > 0 && ((bitmap[i] ?? 0) & (1 << bit)) !== 0) values[count++] = value;
    }
  }
  return { values, most: count - 1 };
}

/** Channel after channel becomes line after line. */
function inLines(words: Uint16Array, { bytes, channels }: ChunkLayout): Uint8Array {
  const out = new Uint8Array(bytes);
  const source = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  let from = 0;
  for (const { width, size, rows } of channels) {
    const line = width * size;
    for (const row of rows) {
      out.set(source.subarray(from, from + line), row);
      from += line;
    }
  }
  return out;
}

/** Values below this many fit into sums of 16 bits and need no wrapping around. */
const SMALL = 1 << 14;

/** @param most largest value; it decides which of two transforms was used. Steps `ox`, `oy` count 16-bit words. */
function unwavelet(
  data: Uint16Array,
  from: number,
  nx: number,
  ox: number,
  ny: number,
  oy: number,
  most: number,
): void {
  const pair = most < SMALL ? unpairSmall : unpair;
  const shorter = Math.min(nx, ny);
  let p = 1;
  while (p <= shorter) p *= 2;
  for (p = p >> 2; p >= 1; p >>= 1) {
    const p2 = p * 2;
    const [ox1, oy1] = [ox * p, oy * p];
    for (let y = 0; y + p2 <= ny; y += p2) {
      const row = from + y * oy;
      for (let x = 0; x + p2 <= nx; x += p2) {
        const at = row + x * ox;
        pair(data, at, at + oy1);
        pair(data, at + ox1, at + ox1 + oy1);
        pair(data, at, at + ox1);
        pair(data, at + oy1, at + ox1 + oy1);
      }
      if ((nx & p) !== 0) pair(data, row + (nx & ~(p2 - 1)) * ox, row + (nx & ~(p2 - 1)) * ox + oy1);
    }
    if ((ny & p) === 0) continue;
    const row = from + (ny & ~(p2 - 1)) * oy;
    for (let x = 0; x + p2 <= nx; x += p2) pair(data, row + x * ox, row + x * ox + ox1);
  }
}

/** Average and difference become two values again. */
function unpairSmall(data: Uint16Array, low: number, high: number): void {
  const average = ((data[low] ?? 0) << 16) >> 16;
  const difference = ((data[high] ?? 0) << 16) >> 16;
  const first = average + (difference & 1) + (difference >> 1);
  data[low] = first;
  data[high] = first - difference;
}

/** The same modulo 2^16. */
function unpair(data: Uint16Array, low: number, high: number): void {
  const average = data[low] ?? 0;
  const difference = data[high] ?? 0;
  const second = (average - (difference >> 1)) & 0xffff;
  data[high] = second;
  data[low] = (difference + second - 0x8000) & 0xffff;
}
