/**
 * Renders of every second frame ("on twos"), third frame, and so on, without a manifest that has the step. The step is
 * the distance that all neighbours have in common; it counts from three frames on, because two frames with a hole
 * between them are more often a hole. Pure.
 */
import { showFrames } from './frames.js';
import type { PassFiles, Shape } from './shape.js';

/** Fewer frames have no step. */
const LEAST_FRAMES = 3;
/** A larger distance is no step: farms render the first, the middle and the last frame before all others. */
const LARGEST_STEP = 10;

/**
 * The step of one sequence: of 1, 3, 7 it is 2, and frame 5 is missing; of 1, 2, 4 it is 1. null = too few frames.
 * A common divisor that no two neighbours have is no step: of 1, 5, 11 it is 1. Nor is 49 one: of 1, 50, 99 it is 1.
 */
export function stepOf(frames: Iterable<number>): number | null {
  const sorted = [...frames].sort((a, b) => a - b);
  if (sorted.length < LEAST_FRAMES) return null;
  const gaps = sorted.slice(1).map((frame, i) => frame - (sorted[i] ?? frame));
  const common = gaps.reduce(divisor);
  return gaps.includes(common) && common <= LARGEST_STEP ? common : 1;
}

/** The step that a clip's sequences agree on; those too short to have one follow the others. */
export function commonStep({ passes, range }: Pick<Shape, 'passes' | 'range'>): number {
  if (range !== null) return range.step;
  const steps = new Set(passes.flatMap((pass) => stepOf(pass.frames.keys()) ?? []));
  const [only = 1] = steps;
  return steps.size === 1 ? only : 1;
}

/** Passes that were rendered in other steps than the reference, as sentences. */
export function unequalSteps(passes: readonly PassFiles[], reference: PassFiles): string[] {
  const usual = stepOf(reference.frames.keys());
  return passes.flatMap(({ pass, frames }) => {
    const own = stepOf(frames.keys());
    if (own === null || usual === null || own === usual) return [];
    return [
      `${pass} has every ${nth(own)} frame, ${reference.pass} every ${nth(usual)}: render both in the same steps`,
    ];
  });
}

/** What happens to a clip on twos, as a sentence; none when it has every frame or a manifest. */
export function stepNote(shape: Shape): string[] {
  const step = commonStep(shape);
  const pass = shape.passes.find(({ frames }) => stepOf(frames.keys()) === step);
  if (shape.range !== null || step === 1 || pass === undefined) return [];
  const sorted = [...pass.frames.keys()].sort((a, b) => a - b);
  const shown = showFrames(sorted, pass.padding, step);
  return [`only every ${nth(step)} frame is there (${shown}): they play one after the other, at the clip's rate`];
}

function nth(step: number): string {
  if (step === 1) return 'single';
  const ending = step % 100 >= 11 && step % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][step % 10] ?? 'th');
  return `${step}${ending}`;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
