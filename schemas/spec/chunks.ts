/** Both engines make long videos chunk by chunk, each chunk at full price. Pure. */
import { roundFrames } from './cosmos3-build.js';

/** All in frames. A chunk after the first repeats the last `conditional` frames of the one before it. */
export interface Chunking {
  readonly chunk: number;
  readonly conditional: number;
}

/** cosmos_transfer2/_src/transfer2/inference/inference_pipeline.py:262-281; released checkpoints: 93 frames, or 1. */
export function transfer25Chunking(framesPerChunk = 93, conditionalFrames = 1): Chunking {
  return { chunk: framesPerChunk, conditional: conditionalFrames };
}

/** cosmos-framework transfer.py:43-54, 440-444: a chunk is rounded up to 4k+1 frames. */
export function cosmos3Chunking(framesPerChunk = 93, conditionalFrames = 1): Chunking {
  return { chunk: roundFrames(framesPerChunk), conditional: conditionalFrames };
}

/** transfer2.5 makes one pass of single images, however many: `chunk` 1 counts as one (same source). */
export function chunkCount(frames: number, { chunk, conditional }: Chunking): number {
  if (chunk === 1 || frames <= chunk) return 1;
  return 1 + Math.ceil((frames - chunk) / (chunk - conditional));
}

/** The most frames that so many chunks make. */
export function longest(chunks: number, { chunk, conditional }: Chunking): number {
  return chunk + (chunks - 1) * (chunk - conditional);
}

/** Both engines stop reading here (cosmos_transfer2 utils.py:39; cosmos-framework max_frames). */
export const MOST_FRAMES = 5000;
