/** Reads single frames of a movie, as raw rgb24. */
import { decodeMovie } from '../media/movie.js';
import { probeHeader } from '../media/probe.js';
import type { MediaTools } from '../media/tools.js';

export interface Still {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

/** The frames that represent a clip: the first, the middle and the last, counted from 0. */
export function moments(frames: number): [first: number, middle: number, last: number] {
  return [0, Math.floor((frames - 1) / 2), frames - 1];
}

/** Reads frames by number (from 0) and scales them to one size. A number beyond the end gives the last frame. */
export async function grabStills(
  tools: MediaTools,
  file: string,
  numbers: readonly number[],
  size: { readonly width: number; readonly height: number },
  signal?: AbortSignal,
): Promise<Still[]> {
  const wanted = [...new Set(numbers)].sort((a, b) => a - b);
  const select = wanted.map((number) => `eq(n,${number})`).join('+');
  const filter = `select='${select}',scale=${size.width}:${size.height}`;
  const found: Buffer[] = [];
  const shape = { ...size, format: 'rgb24' } as const;
  const movie = await probeHeader(tools, file, signal);
  for await (const frame of decodeMovie(tools, movie, shape, { filter, most: wanted.length, signal }))
    found.push(frame);
  return numbers.flatMap((number) => {
    const pixels = found[wanted.indexOf(number)] ?? found.at(-1);
    return pixels === undefined ? [] : [{ ...size, pixels }];
  });
}
