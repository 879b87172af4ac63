/**
 * Renders whose frames take longer than the settle time: after each frame their clip looks finished. The first frame
 * cannot be told from a clip of one frame; from the second on, the pace is known and nothing is finished before it has
 * been quiet for longer than the frames were apart. A render that has every second frame may be a farm's that makes the
 * others next: it looks as whole as one on twos, so it has to be quiet for longer. Pure.
 */
import type { PassFiles } from './shape.js';

/** How a clip without holes grew so far, frame by frame. */
export interface Growth {
  readonly frames: number;
  /** Monotonic milliseconds at which it had that many. */
  readonly since: number;
  /** Longest time that a frame took, in milliseconds: of several that came between two looks, their mean. */
  readonly pause: number;
}

/** Quiet that counts as finished, as a multiple of the pause between two frames. */
const PATIENCE = 2;
/** The same, as a multiple of the settle time, for a clip with frames left out evenly. */
const PATIENCE_BETWEEN = 4;
/** What comes later than this, in milliseconds, is of another render. */
const ANOTHER_RENDER = 600_000;

/** @param previous null = it was not seen whole before */
export function grown(previous: Growth | null, passes: readonly PassFiles[], now: number): Growth {
  const frames = Math.max(0, ...passes.map((pass) => pass.frames.size));
  if (previous === null || frames < previous.frames) return { frames, since: now, pause: 0 };
  if (frames === previous.frames) return previous;
  const elapsed = now - previous.since;
  if (elapsed > ANOTHER_RENDER) return { frames, since: now, pause: 0 };
  return { frames, since: now, pause: Math.max(previous.pause, elapsed / (frames - previous.frames)) };
}

/** Seconds of quiet after which such a clip is finished. @param step distance between two of its frames */
export function quietNeeded(settle: number, growth: Growth | null, step = 1): number {
  const least = step > 1 ? settle * PATIENCE_BETWEEN : settle;
  return Math.max(least, Math.ceil(((growth?.pause ?? 0) * PATIENCE) / 1000));
}
