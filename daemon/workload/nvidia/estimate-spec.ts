/** Estimates a written spec: reads the fields that change the cost. Pure. */
import type { EngineName, Estimate, HintKey } from '../../../schemas/index.js';
import { estimate } from './estimate.js';

export interface SpecCost {
  readonly engine: EngineName;
  /** Frames of the clip, before max_frames. */
  readonly frames: number;
  readonly hints: readonly HintKey[];
  /** Fields of the spec; both dialects call those that count the same. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** @param gpu as the tables name it; @param pricePerHour dollars. */
export function estimateSpec({ engine, frames, hints, spec }: SpecCost, gpu: string, pricePerHour: number): Estimate {
  return estimate({
    ...{ engine, frames, hints, gpu },
    pricePerHour: pricePerHour > 0 ? pricePerHour : undefined, // no price is not a price of 0
    numSteps: numberIn(spec.num_steps),
    framesPerChunk: numberIn(spec.num_video_frames_per_chunk),
    conditionalFrames: numberIn(spec.num_conditional_frames),
    maxFrames: numberIn(spec.max_frames),
    resolution: typeof spec.resolution === 'string' ? spec.resolution : undefined,
  });
}

/** Absent or null means the default of the engine. */
function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
