/**
 * B44 and B44A (ImfB44Compressor.cpp): half floats in blocks of 4 x 4 as one value and 15 differences of six bits in
 * 14 bytes; in B44A a flat block takes three. Other types are stored as they are. Pure.
 */
import { floatToHalf, HALF_TO_FLOAT } from '../../half.js';
import type { ChunkChannel, ChunkLayout } from '../chunk-layout.js';
import { DamagedChunk } from './damaged-chunk.js';

export function unb44(packed: Uint8Array, { bytes, channels }: ChunkLayout): Uint8Array {
  const out = new Uint8Array(bytes);
  let from = 0;
  for (const channel of channels) {
    from = channel.channel.type === 'half' ? blocks(packed, from, channel, out) : plain(packed, from, channel, out);
  }
  if (from > packed.length) throw new DamagedChunk();
  return out;
}

function plain(packed: Uint8Array, start: number, { width, size, rows }: ChunkChannel, out: Uint8Array): number {
  let from = start;
  for (const row of rows) {
    out.set(packed.subarray(from, from + width * size), row);
    from += width * size;
  }
  return from;
}

/** The third byte of a flat block is at least this: no shift is that large. */
const FLAT = 13 << 2;

function blocks(packed: Uint8Array, start: number, { channel, width, height, rows }: ChunkChannel, out: Uint8Array) {
  const values = new Uint16Array(16);
  let from = start;
  for (let y = 0; y < height; y += 4) {
    for (let x = 0; x < width; x += 4) {
      if (from + 3 > packed.length) throw new DamagedChunk();
      const flat = (packed[from + 2] ?? 0) >= FLAT;
      if (flat) values.fill(ordered(((packed[from] ?? 0) << 8) | (packed[from + 1] ?? 0)));
      else unblock(packed, from, values);
      from += flat ? 3 : 14;
      if (channel.linear) for (let i = 0; i < 16; i++) values[i] = linearOf(values[i] ?? 0);
      const right = Math.min(4, width - x);
      for (let line = 0; line < 4 && y + line < height; line++) {
        let to = (rows[y + line] ?? 0) + 2 * x;
        for (let i = 4 * line; i < 4 * line + right; i++) {
          const value = values[i] ?? 0;
          out[to++] = value & 255;
          out[to++] = value >> 8;
        }
      }
    }
  }
  return from;
}

/** Line by line of the block; differences run down the first column, then along the rows. */
function unblock(packed: Uint8Array, from: number, values: Uint16Array): void {
  if (from + 14 > packed.length) throw new DamagedChunk();
  const shift = (packed[from + 2] ?? 0) >> 2;
  const bias = 0x20 << shift;
  values[0] = ((packed[from] ?? 0) << 8) | (packed[from + 1] ?? 0);
  // Fifteen numbers of six bits: the first begins after the six bits of the shift.
  for (let i = 0; i < 15; i++) {
    const bit = 22 + 6 * i;
    const byte = from + (bit >> 3);
    const pair = ((packed[byte] ?? 0) << 8) | (packed[byte + 1] ?? 0);
    const difference = (pair >> (10 - (bit & 7))) & 0x3f;
    const [to, before] = ORDER[i] ?? [0, 0];
    values[to] = (values[before] ?? 0) + (difference << shift) - bias;
  }
  for (let i = 0; i < 16; i++) values[i] = ordered(values[i] ?? 0);
}

/** Of each difference: the sample that it gives, and the one it is added to. */
const ORDER: readonly (readonly [to: number, before: number])[] = [
  ...[4, 8, 12].map((to) => [to, to - 4] as const),
  ...[1, 2, 3].flatMap((column) => [0, 4, 8, 12].map((row) => [row + column, row + column - 1] as const)),
];

/** Numbers in the order of the half floats they stand for -> their bits. */
function ordered(value: number): number {
  return (value & 0x8000) !== 0 ? value & 0x7fff : ~value & 0xffff;
}

/** Perceptually linear channels are stored as e to the power of an eighth; what has no logarithm becomes 0. */
function linearOf(half: number): number {
  const value = HALF_TO_FLOAT[half] ?? 0;
  return value < 0 || !Number.isFinite(value) ? 0 : floatToHalf(8 * Math.log(value));
}
