/** The bytes of a chunk -> its samples, for every compression that we read. Pure. */
import type { ChunkLayout } from './chunk-layout.js';
import { unb44 } from './codec/b44.js';
import { DamagedChunk } from './codec/damaged-chunk.js';
import { undwa } from './codec/dwa.js';
import { unpiz } from './codec/piz.js';
import { unpxr24 } from './codec/pxr24.js';
import { unrle } from './codec/rle.js';
import { inflate, unpredict } from './codec/zip.js';
import type { ReadableCompression } from './compression.js';

/** @throws DamagedChunk when the bytes do not make exactly the chunk. */
export function uncompress(compression: ReadableCompression, packed: Uint8Array, layout: ChunkLayout): Uint8Array {
  // A chunk that would not have become smaller is stored as it is.
  if (packed.length === layout.bytes) return packed;
  if (packed.length > layout.bytes) throw new DamagedChunk();
  switch (compression) {
    case 'none':
      throw new DamagedChunk();
    case 'rle':
      return unpredict(unrle(packed, layout.bytes));
    case 'zips':
    case 'zip':
      return unpredict(inflate(packed, layout.bytes));
    case 'piz':
      return unpiz(packed, layout);
    case 'pxr24':
      return unpxr24(packed, layout);
    case 'b44':
    case 'b44a':
      return unb44(packed, layout);
    case 'dwaa':
    case 'dwab':
      return undwa(packed, layout);
  }
}
