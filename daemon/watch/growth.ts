/**
 * Renders whose frames take longer than the settle time: after each frame their clip looks finished. The first frame
 * looks like a clip of one frame. From the second frame on the pace is known, and the clip must be quiet for longer
 * than its frames were apart. A clip with every second frame may be on twos, or a farm may render the other frames
 * next; so it must be quiet for longer, too. Pure.
 */
import type { PassFiles } from './shape.js';

/** The growth of a clip without holes. */
export interface Growth {
  readonly frames: number;
  /** Monotonic milliseconds at which it reached that number. */
  readonly since: number;
  /** Longest time of a frame in milliseconds; frames that came between two looks count with their mean time. */
  readonly pause: number;
}

/** The clip is finished after so many times the pause between two frames. */
const PATIENCE = 2;
/** A clip with a step is finished after so many settle times. */
const PATIENCE_BETWEEN = 4;
/** A frame that comes after a longer pause, in milliseconds, belongs to another render. */
const ANOTHER_RENDER = 600_000;

/** @param previous null = the clip had holes before */
export function grown(previous: Growth | null, passes: readonly PassFiles[], now: number): Growth {
  const frames = Math.max(0, ...passes.map((pass) => pass.frames.size));
  if (previous === null || frames < previous.frames) return { frames, since: now, pause: 0 };
  if (frames === previous.frames) return previous;
  const elapsed = now - previous.since;
  if (elapsed > ANOTHER_RENDER) return { frames, since: now, pause: 0 };
  return { frames, since: now, pause: Math.max(previous.pause, elapsed / (frames - previous.frames)) };
}

/** Seconds of quiet after which the clip is finished. @param step distance between two of its frames */
export function quietNeeded(settle: number, growth: Growth | null, step = 1): number {
  const least = step > 1 ? settle * PATIENCE_BETWEEN : settle;
  return Math.max(least, Math.ceil(((growth?.pause ?? 0) * PATIENCE) / 1000));
}
