/** Verifies an output: it decodes to its end, has the size that its spec asks for, and is not blank. */
import type { Media } from '../../schemas/index.js';
import { CosmosError, toCosmosError } from '../errors.js';
import { decodeMovie } from '../media/movie.js';
import { type MovieHeader, probeHeader } from '../media/probe.js';
import type { MediaTools } from '../media/tools.js';

/** Size to which frames are reduced: enough to see whether a frame is blank. */
const SAMPLES = { width: 64, height: 36, format: 'rgb24' } as const;
/** Takes single pixels, because an average of fine detail would be a flat grey. */
const SAMPLE_FILTER = `scale=${SAMPLES.width}:${SAMPLES.height}:flags=neighbor`;
/** Variance of a channel in squared 8-bit levels; the noise of compression on one colour is lower. */
const FLAT = 4;

/**
 * Decodes every frame of `file`. @returns what was measured.
 * @throws CosmosError output_invalid that says what was expected and what was found.
 */
export async function verifyOutput(
  tools: MediaTools,
  file: string,
  expected: Media,
  signal?: AbortSignal,
): Promise<Media> {
  try {
    const header = await probeHeader(tools, file, signal);
    const { frames, shows } = await decode(tools, header, signal);
    const { width, height, fps } = header;
    const found = { frames, width, height, fps };
    compare(file, expected, found);
    if (!shows) throw invalid(file, 'a picture', 'one single colour in every frame');
    return found;
  } catch (error) {
    const known = toCosmosError(error);
    if (known.code !== 'encode_failed') throw error;
    throw new CosmosError('output_invalid', `The output does not play: ${known.message}`, { file }, { cause: error });
  }
}

function compare(file: string, expected: Media, found: Media): void {
  if (found.frames !== expected.frames) throw invalid(file, `${expected.frames} frames`, String(found.frames));
  if (found.width !== expected.width || found.height !== expected.height) {
    throw invalid(file, `${expected.width}x${expected.height} pixels`, `${found.width}x${found.height}`);
  }
  // A single frame is a still picture, which has no rate.
  const sameRate = found.fps.num * expected.fps.den === expected.fps.num * found.fps.den;
  if (expected.frames > 1 && !sameRate) throw invalid(file, `${rate(expected)} frames a second`, rate(found));
}

async function decode(tools: MediaTools, movie: MovieHeader, signal?: AbortSignal) {
  let frames = 0;
  let shows = false;
  for await (const frame of decodeMovie(tools, movie, SAMPLES, { filter: SAMPLE_FILTER, signal })) {
    frames++;
    shows ||= [0, 1, 2].some((channel) => variance(frame, channel) > FLAT);
  }
  return { frames, shows };
}

/** Variance of one channel of an rgb24 frame. */
function variance(frame: Buffer, channel: number): number {
  let sum = 0;
  let squares = 0;
  for (let at = channel; at < frame.length; at += 3) {
    const value = frame[at] ?? 0;
    sum += value;
    squares += value * value;
  }
  const count = frame.length / 3;
  return squares / count - (sum / count) ** 2;
}

function rate({ fps }: Media): string {
  return String(Math.round((1000 * fps.num) / fps.den) / 1000);
}

function invalid(file: string, expected: string, found: string): CosmosError {
  const data = { file, expected, found };
  return new CosmosError('output_invalid', `The output was expected to have ${expected}, but has ${found}.`, data);
}
