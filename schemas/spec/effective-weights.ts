/** Computes how strongly each control acts: the written weights after the rule of the engine. Pure. */

import { controlsOf } from './engine-controls.js';

/** A control that is in the spec. */
export interface WeightedControl {
  /** As the spec calls it: "edge", "blur". */
  readonly block: string;
  /** As written, or what NVIDIA takes when it is left out: 1. */
  readonly weight: number;
  /** It acts in a part of the picture only. */
  readonly masked: boolean;
}

/**
 * How the numbers come about: `asWritten`; `scaledDown` to a sum of 1 where all controls act; `shares` of 1;
 * `ignored`: the only control acts with full weight whatever is written; `unknown`: the engine is of a newer version.
 */
export type WeightEffect = 'asWritten' | 'scaledDown' | 'shares' | 'ignored' | 'unknown';

export interface EffectiveWeights {
  readonly effect: WeightEffect;
  /** By block. */
  readonly values: Readonly<Record<string, number>>;
}

/** Decimal fractions add up to 1 only nearly. */
const SLACK = 1e-9;

export function effectiveWeights(engine: string, controls: readonly WeightedControl[]): EffectiveWeights {
  const sum = controls.reduce((total, { weight }) => total + weight, 0);
  const by = (value: (weight: number) => number) =>
    Object.fromEntries(controls.map(({ block, weight }) => [block, value(weight)]));
  const rule = controlsOf(engine)?.weights;
  switch (rule) {
    case 'mixed':
      return { effect: 'asWritten', values: by((weight) => weight) };
    case 'summed':
      if (sum > 1 + SLACK && controls.length > 1 && controls.some(({ masked }) => masked)) {
        return { effect: 'scaledDown', values: by((weight) => weight / sum) };
      }
      return { effect: 'asWritten', values: by((weight) => weight) };
    case 'normalised':
      if (controls.length === 1) return { effect: 'ignored', values: by(() => 1) };
      return { effect: 'shares', values: by((weight) => (sum > 0 ? weight / sum : 0)) };
    case undefined:
      return { effect: 'unknown', values: by((weight) => weight) };
    default:
      return rule satisfies never;
  }
}
