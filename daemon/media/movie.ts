/** The frames of a movie, upright. */
import path from 'node:path';
import { type DecodeOptions, decodeFrames, type FrameShape } from './frames.js';
import type { MovieHeader } from './probe.js';
import type { MediaTools } from './tools.js';

export type ReadOptions = Omit<DecodeOptions, 'source' | 'upright' | 'feed' | 'what'>;

/**
 * Every frame of the movie once, whatever its time stamps, as {@link decodeFrames} gives them: a frame whose upright
 * size is not that of the header ends the reading.
 */
export function decodeMovie(
  tools: MediaTools,
  movie: MovieHeader,
  shape: FrameShape,
  options: ReadOptions = {},
): AsyncGenerator<Buffer> {
  const { input, upright, file } = movie;
  return decodeFrames(tools, input, shape, { ...options, source: movie, upright, what: path.basename(file) });
}
