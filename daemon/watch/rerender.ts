/**
 * Finds frames of one pass that were rendered again after another pass was finished: they may not belong together.
 * Only times are known, so this warns and never refuses. Pure.
 */
import type { PassName } from '../../schemas/index.js';
import { showFrames } from './frames.js';
import { listPasses } from './problems.js';
import type { PassFiles, Shape } from './shape.js';

/** Shorter differences of time, in milliseconds, mean nothing: file systems round, and renderers write in parallel. */
const NOISE = 2000;
/** A frame is late when its delay is so many times the usual delay between the two passes. */
const USUAL = 3;

export function rerenderWarnings({ passes }: Shape): string[] {
  return passes.flatMap((pass) => {
    const late = new Map<string, PassName[]>();
    for (const other of passes) {
      const frames = other === pass ? [] : framesAfter(pass, other);
      if (frames.length === 0) continue;
      const shown = showFrames(frames, 1);
      late.set(shown, [...(late.get(shown) ?? []), other.pass]);
    }
    return [...late].map(([frames, others]) => `${pass.pass} re-rendered ${frames} after ${listPasses(others)}`);
  });
}

/** Frames of `pass` written after all of `other`, when most of `pass` was not. */
function framesAfter(pass: PassFiles, other: PassFiles): number[] {
  if (pass.source.layer !== undefined || pass.frames.size === 0 || other.frames.size === 0) return [];
  const finished = Math.max(...mtimes(other));
  if (median(mtimes(pass)) > finished) return []; // the whole pass came later: passes were rendered one after the other
  const tolerance = Math.max(NOISE, USUAL * median(lags(pass, other)));
  const late = [...pass.frames].filter(([, { mtimeMs }]) => mtimeMs > finished + tolerance);
  return late.map(([frame]) => frame).sort((a, b) => a - b);
}

function mtimes({ frames }: PassFiles): number[] {
  return [...frames.values()].map(({ mtimeMs }) => mtimeMs);
}

/** Usual delay of a frame after the same frame of the other pass. */
function lags(pass: PassFiles, other: PassFiles): number[] {
  return [...pass.frames].map(([frame, { mtimeMs }]) => {
    return Math.max(0, mtimeMs - (other.frames.get(frame)?.mtimeMs ?? mtimeMs));
  });
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
