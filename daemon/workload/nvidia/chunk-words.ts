/** Says what the chunks of a video mean for its price; the formulas, NVIDIA's, are in schemas/spec/chunks.ts. Pure. */
import { type Chunking, chunkCount, longest } from '../../../schemas/spec/chunks.js';

export {
  type Chunking,
  chunkCount,
  cosmos3Chunking,
  longest,
  transfer25Chunking,
} from '../../../schemas/spec/chunks.js';

/** Cutting less than this share of a clip is "within reach" of an artist. */
const REACH = 0.25;

/** What a slightly different length would cost: fewer chunks for fewer frames, or more frames for the same. */
export function lengthHint(frames: number, chunking: Chunking): string | null {
  const chunks = chunkCount(frames, chunking);
  const full = longest(chunks, chunking);
  if (chunking.chunk === 1 || frames === full) return null;
  if (chunks === 1) return `${full} frames cost the same as ${frames}.`;
  const shorter = longest(chunks - 1, chunking);
  if (frames - shorter <= frames * REACH) {
    return `${shorter} frames would be ${chunksInWords(chunks - 1)} instead of ${chunks}.`;
  }
  return `${full} frames cost the same as ${frames}.`;
}

export function chunksInWords(chunks: number): string {
  return chunks === 1 ? 'one chunk' : `${chunks} chunks`;
}
