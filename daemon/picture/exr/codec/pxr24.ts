/**
 * PXR24 (ImfPxr24Compressor.cpp): in each line of a channel every sample is stored as its difference to the one
 * before, byte by significance in planes, all of it in zlib. Floats keep 24 bits. Pure.
 */
import type { ChunkLayout } from '../chunk-layout.js';
import { inflate } from './zip.js';

/** Bytes stored of one sample, the most significant first, and how far the first of them is shifted. */
const STORED = { uint: [4, 24], float: [3, 24], half: [2, 8] } as const;

export function unpxr24(packed: Uint8Array, { bytes, channels }: ChunkLayout): Uint8Array {
  const length = channels.reduce(
    (sum, { channel, width, height }) => sum + STORED[channel.type][0] * width * height,
    0,
  );
  const planes = inflate(packed, length);
  const out = new Uint8Array(bytes);
  const view = new DataView(out.buffer);
  const lines = channels.flatMap((channel) => [...channel.rows].map((row) => ({ channel, row })));
  let from = 0;
  for (const { channel, row } of lines.sort((a, b) => a.row - b.row)) {
    const { width, size } = channel;
    const [stored, shift] = STORED[channel.channel.type];
    let value = 0;
    for (let i = 0; i < width; i++) {
      let difference = 0;
      for (let byte = 0; byte < stored; byte++) {
        difference |= (planes[from + byte * width + i] ?? 0) << (shift - 8 * byte);
      }
      value = (value + difference) | 0;
      if (size === 2) view.setUint16(row + 2 * i, value & 0xffff, true);
      else view.setUint32(row + 4 * i, value >>> 0, true);
    }
    from += stored * width;
  }
  return out;
}
