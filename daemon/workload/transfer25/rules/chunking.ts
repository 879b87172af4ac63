/** Computes the chunks that the model makes of a video one after the other (inference_pipeline.py:262-281). */
import type { Media } from '../../../../schemas/index.js';
import { chunkCount, longest, MOST_FRAMES, transfer25Chunking } from '../../../../schemas/spec/chunks.js';
import type { Transfer25Sample } from '../../dialects/rules/rule.js';
import { colourVideo } from '../../dialects/rules/sample-parts.js';

/** All in frames of the colour video. */
export interface Chunking {
  /** Frames that are used. */
  readonly frames: number;
  readonly chunks: number;
  /** First frame of the last chunk, counted from 0: every control needs more frames than that. */
  readonly lastStart: number;
  /** The most frames that one chunk less would make; the last chunk adds what is above. */
  readonly withOneLess: number;
}

/** Frames of the colour video that are used; undefined where it was not probed. */
export function framesUsed(sample: Transfer25Sample): number | undefined {
  const frames = videoFacts(sample)?.frames;
  return frames === undefined ? undefined : Math.min(frames, sample.spec.max_frames ?? MOST_FRAMES);
}

/** What is known of the colour video. */
export function videoFacts(sample: Transfer25Sample): Media | undefined {
  const video = colourVideo(sample);
  return video === null ? undefined : sample.facts.media(video.named);
}

/** @param frames that are used. undefined where the video is unknown, or the chunk size is none that works (rule chunk_size). */
export function chunkingOf(sample: Transfer25Sample, frames = framesUsed(sample)): Chunking | undefined {
  const { num_video_frames_per_chunk: size, num_conditional_frames: joined } = sample.spec;
  if (frames === undefined || !isChunkSize(size)) return undefined;
  const cut = transfer25Chunking(size, joined);
  const chunks = chunkCount(frames, cut);
  return { frames, chunks, lastStart: longest(chunks, cut) - size, withOneLess: longest(chunks - 1, cut) };
}

/** state_t of the released checkpoints is 24 latent frames: (24 - 1) * 4 + 1 pictures, or a single one. */
export function isChunkSize(size: number): boolean {
  return size === 93 || size === 1;
}
