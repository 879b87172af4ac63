/** Chooses the hints of a job, and the weight of a hint without one of its own. Pure. */
import { HintKey, type JobSettings, type PassName } from '../../../schemas/index.js';
import { passOf } from '../../../schemas/spec/dialect.js';

/** Passes that are not switched off, and hints that have a weight; without any, edges of the colour video. */
export function chosenHints(weights: JobSettings['weights'], passes: readonly PassName[]): HintKey[] {
  const hints = HintKey.options.filter((hint) => {
    const weight = weights[hint];
    return weight === undefined ? passes.includes(passOf(hint)) : weight !== 'off';
  });
  return hints.length === 0 && weights.edge !== 'off' ? ['edge'] : hints;
}

/**
 * One hint gets 1, several share 1: transfer2.5 adds raw weights up (unless a mask is used), so three hints of 1 would
 * control three times as strongly (cosmos_transfer2 model:112-120; network:1084-1088). Rounded to 2 decimals.
 */
export function defaultWeight(hints: number): number {
  return Math.round(100 / Math.max(1, hints)) / 100;
}
