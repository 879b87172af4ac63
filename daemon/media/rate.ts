/** The rate of a movie by its time stamps. Pure. */
import type { Rational } from '../../schemas/index.js';

export interface Rate {
  readonly fps: Rational;
  /** Every frame lasts equally long, as far as the container can say it. */
  readonly constant: boolean;
  /** Frames a second of the shortest and of the longest frame; absent where the rate is constant. */
  readonly range?: readonly [slowest: number, fastest: number];
}

/** Share of a frame by which a time stamp may be off: containers count in whole milliseconds or ticks. */
const TOLERANCE = 0.3;

/**
 * @param times seconds at which the frames are shown, in any order
 * @param said rates that the header claims, the likelier one first. A variable rate becomes its average in whole frames
 *   a second: every frame is used once, so that passes keep equal counts.
 */
export function rateOf(times: readonly number[], said: readonly Rational[]): Rate {
  const sorted = [...times].sort((one, other) => one - other);
  const [first = 0] = sorted;
  const possible = said.filter(({ num, den }) => num > 0 && den > 0);
  const fps = possible.find((rate) => sorted.every((time, i) => isAt(time - first, i, rate)));
  if (fps !== undefined) return { fps, constant: true };
  const gaps = sorted.slice(1).map((time, i) => time - (sorted[i] ?? 0));
  const average = gaps.length / ((sorted.at(-1) ?? 0) - first);
  if (!Number.isFinite(average)) return { fps: possible[0] ?? { num: 1, den: 1 }, constant: gaps.length === 0 };
  const shown = gaps.filter((gap) => gap > 0);
  const longest = shown.reduce((most, gap) => Math.max(most, gap), 0);
  const shortest = shown.reduce((least, gap) => Math.min(least, gap), longest);
  return {
    fps: { num: Math.max(1, Math.round(average)), den: 1 },
    constant: false,
    range: [1 / longest, 1 / shortest],
  };
}

function isAt(seconds: number, frame: number, { num, den }: Rational): boolean {
  return Math.abs((seconds * num) / den - frame) <= TOLERANCE;
}
