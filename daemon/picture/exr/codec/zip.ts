/** zlib, and the two things OpenEXR does to bytes before it compresses them (ImfZip.cpp). */
import { inflateSync } from 'node:zlib';
import { DamagedChunk } from './damaged-chunk.js';

/** Most bytes of output that zlib gets at once: so that a damaged length cannot make it allocate memory that is never filled. */
const PIECE = 16 * 2 ** 20;

/** @throws DamagedChunk unless exactly `length` bytes come out. */
export function inflate(packed: Uint8Array, length: number): Uint8Array {
  let out: Uint8Array;
  try {
    out = inflateSync(packed, {
      maxOutputLength: Math.max(1, length),
      chunkSize: Math.min(Math.max(64, length + 1), PIECE),
    });
  } catch (cause) {
    throw new DamagedChunk('zlib cannot read it', { cause });
  }
  if (out.length !== length) throw new DamagedChunk();
  return out;
}

/**
 * Undoes both: each byte is stored as the difference to the one before plus 128, and the bytes of even places come
 * first, those of odd places after them.
 */
export function unpredict(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  const out = new Uint8Array(length);
  const evens = (length + 1) >> 1;
  let value = bytes[0] ?? 0;
  out[0] = value;
  for (let i = 1, to = 2; i < evens; i++, to += 2) {
    value = (value + (bytes[i] ?? 0) - 128) & 255;
    out[to] = value;
  }
  for (let i = evens, to = 1; i < length; i++, to += 2) {
    value = (value + (bytes[i] ?? 0) - 128) & 255;
    out[to] = value;
  }
  return out;
}
