/** Run lengths as OpenEXR stores them (ImfRle.cpp): a signed count, then one byte to repeat or so many to copy. Pure. */
import { DamagedChunk } from './damaged-chunk.js';

/** @throws DamagedChunk unless exactly `length` bytes come out. */
export function unrle(packed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let filled = 0;
  for (let at = 0; at < packed.length; ) {
    const count = ((packed[at++] ?? 0) << 24) >> 24;
    const run = count < 0 ? -count : count + 1;
    if (filled + run > length) throw new DamagedChunk();
    if (count < 0) {
      out.set(packed.subarray(at, at + run), filled);
      if (at + run > packed.length) throw new DamagedChunk();
      at += run;
    } else {
      if (at >= packed.length) throw new DamagedChunk();
      out.fill(packed[at++] ?? 0, filled, filled + run);
    }
    filled += run;
  }
  if (filled !== length) throw new DamagedChunk();
  return out;
}
