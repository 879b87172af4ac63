/**
 * Finds frames at the end (or the start) of a sequence that are left from an earlier, longer render: the newer one
 * wrote only the others. Only times are known, and an old frame may well be meant, so this warns and never refuses.
 * Pure.
 */
import type { PassName } from '../../schemas/index.js';
import { showFrames } from './frames.js';
import { listPasses } from './problems.js';
import type { PassFiles, Shape } from './shape.js';

const HOUR = 3_600_000;
/**
 * Milliseconds between the two renders. Frames are rendered in order, so an end that is only a little older is odd. A
 * render that was stopped and resumed also has an older start, so a start must be a day older.
 */
const OLD = { end: HOUR, start: 24 * HOUR };
/** The gap between two renders is at least so many times the usual time between two frames. */
const USUAL = 10;

interface Frame {
  readonly frame: number;
  readonly mtimeMs: number;
}

export function leftoverWarnings({ passes }: Shape): string[] {
  const found = new Map<string, PassName[]>();
  for (const pass of passes) {
    const sentence = leftoverOf(pass);
    if (sentence !== null) found.set(sentence, [...(found.get(sentence) ?? []), pass.pass]);
  }
  return [...found].map(([sentence, of]) => `${listPasses(of)}: ${sentence}`);
}

function leftoverOf({ frames, padding }: PassFiles): string | null {
  const sorted = [...frames].sort(([a], [b]) => a - b).map(([frame, { mtimeMs }]) => ({ frame, mtimeMs }));
  const split = olderEnd(sorted, OLD.end) ?? olderEnd([...sorted].reverse(), OLD.start);
  if (split === null) return null;
  const show = (some: readonly Frame[]) =>
    showFrames(
      some.map(({ frame }) => frame).sort((a, b) => a - b),
      padding,
    );
  const are = split.older.length === 1 ? 'is' : 'are';
  const age = sayAge(oldest(split.newer) - newest(split.older));
  return `${show(split.older)} ${are} ${age} older than ${show(split.newer)}; delete what an earlier render left`;
}

/** The run up to the last frame that is furthest, and at least `least` milliseconds, older than all before it. */
function olderEnd(frames: readonly Frame[], least: number) {
  const until = runningLeast(frames);
  const after = runningMost(frames);
  const apart = frames.map((_, at) => (at === 0 ? 0 : (until[at - 1] ?? 0) - (after[at] ?? 0)));
  const most = apart.reduce((a, b) => Math.max(a, b), 0);
  if (most < least) return null;
  const [newer, older] = [frames.slice(0, apart.indexOf(most)), frames.slice(apart.indexOf(most))];
  return most >= USUAL * Math.max(usualPause(newer), usualPause(older)) ? { newer, older } : null;
}

/** Oldest time of all frames up to each one. */
function runningLeast(frames: readonly Frame[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  return frames.map(({ mtimeMs }) => {
    least = Math.min(least, mtimeMs);
    return least;
  });
}

/** Newest time of each frame and all after it. */
function runningMost(frames: readonly Frame[]): number[] {
  const most = frames.map(({ mtimeMs }) => mtimeMs);
  for (let at = most.length - 2; at >= 0; at--) most[at] = Math.max(most[at] ?? 0, most[at + 1] ?? 0);
  return most;
}

/** Milliseconds between two frames in the order of writing: the median. */
function usualPause(frames: readonly Frame[]): number {
  const times = frames.map(({ mtimeMs }) => mtimeMs).sort((a, b) => a - b);
  const pauses = times.slice(1).map((time, i) => time - (times[i] ?? time));
  return pauses.sort((a, b) => a - b)[Math.floor((pauses.length - 1) / 2)] ?? 0;
}

function oldest(frames: readonly Frame[]): number {
  return frames.reduce((least, { mtimeMs }) => Math.min(least, mtimeMs), Number.POSITIVE_INFINITY);
}

function newest(frames: readonly Frame[]): number {
  return frames.reduce((most, { mtimeMs }) => Math.max(most, mtimeMs), 0);
}

function sayAge(ms: number): string {
  const hours = Math.round(ms / HOUR);
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return hours === 1 ? '1 hour' : `${hours} hours`;
}
