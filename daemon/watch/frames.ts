/** Frame numbers as sets, and as text for people. */
import type { FrameRange } from '../../schemas/index.js';

/** A frame number with the padding of file names: (12, 4) -> "0012", (-3, 4) -> "-0003". */
export function showFrame(frame: number, padding: number): string {
  return `${frame < 0 ? '-' : ''}${String(Math.abs(frame)).padStart(padding, '0')}`;
}

/** Most ranges in one sentence; a sentence with 200 holes is not readable. */
const MOST_RUNS = 5;

/** Ascending frames with neighbours drawn together: "0003, 0012-0015". `step` says what a neighbour is. */
export function showFrames(frames: readonly number[], padding: number, step = 1): string {
  const runs = inRuns(frames, step);
  const shown = runs.slice(0, MOST_RUNS).map(([first, last]) => {
    return first === last ? showFrame(first, padding) : `${showFrame(first, padding)}-${showFrame(last, padding)}`;
  });
  const rest = runs.slice(MOST_RUNS).reduce((sum, [first, last]) => sum + (last - first) / step + 1, 0);
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`;
}

function inRuns(frames: readonly number[], step: number): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const frame of frames) {
    const run = runs.at(-1);
    if (run !== undefined && frame === run[1] + step) run[1] = frame;
    else runs.push([frame, frame]);
  }
  return runs;
}

/** First to last of the given frames; null without frames. */
export function spanOf(frames: Iterable<number>, step = 1): FrameRange | null {
  const sorted = [...frames].sort((a, b) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first === undefined || last === undefined ? null : { first, last, step };
}

/** How many frames a range has. */
export function frameCount({ first, last, step }: FrameRange): number {
  return last < first ? 0 : Math.floor((last - first) / step) + 1;
}

/** Frames of the range for which `has` is false, ascending. */
export function missingFrames(range: FrameRange, has: (frame: number) => boolean): number[] {
  const missing: number[] = [];
  for (let frame = range.first; frame <= range.last; frame += range.step) if (!has(frame)) missing.push(frame);
  return missing;
}
