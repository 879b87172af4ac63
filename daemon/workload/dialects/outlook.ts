/** Forecasts what a spec will make: chunks, time and price, and how strongly each control acts. */
import {
  type Dialect,
  type Estimate,
  HintKey,
  type SampleOutlook,
  type WeightOutlook,
} from '../../../schemas/index.js';
import { hintOf, namesOf } from '../../../schemas/spec/dialect.js';
import { effectiveWeights, type WeightEffect } from '../../../schemas/spec/effective-weights.js';
import type { SpecPath } from '../../../schemas/spec/pydantic.js';
import type { PyNode } from '../../../schemas/spec/python-node.js';
import { firstControl } from '../cosmos3/rules/source.js';
import { isMasked } from '../transfer25/rules/weights.js';
import { Positions, rangeOf } from './line-and-column.js';
import { readSpec } from './reading.js';
import { nodeAt } from './repair.js';
import { isGiven, type Sample, type SpecFacts, written } from './rules/rule.js';
import { colourVideo, controlsOf } from './rules/sample-parts.js';

export interface CostQuestion {
  readonly engine: Dialect;
  /** Frames of the clip, before max_frames. */
  readonly frames: number;
  readonly hints: readonly HintKey[];
  /** Fields of the spec. */
  readonly spec: Readonly<Record<string, unknown>>;
}
/** null = nothing can be said. */
export type Estimator = (question: CostQuestion) => Estimate | null;

/** One for each sample, in order; samples that cannot be read have none. */
export function outlookOf(
  file: string,
  text: string,
  { engine, facts }: { readonly engine: Dialect | undefined; readonly facts: SpecFacts },
  estimate: Estimator,
): SampleOutlook[] {
  const reading = readSpec(file, text, engine, { facts, run: {} });
  if ('error' in reading) return [];
  const positions = new Positions(text);
  return reading.samples.flatMap(({ sample }) => {
    if (sample === null) return [];
    const { start, end } = sample.node;
    const cost = costOf(sample, positions, estimate);
    return [{ ...rangeOf(positions, start, end), cost, weights: weightsOf(sample, positions) }];
  });
}

function costOf(sample: Sample, positions: Positions, estimate: Estimator): SampleOutlook['cost'] {
  const length = lengthOf(sample);
  if (length === null) return null;
  const hints = controlsOf(sample).map(({ hint }) => hintOf(hint));
  const found = estimate({
    engine: sample.dialect,
    frames: length.frames,
    hints: HintKey.options.filter((hint) => hints.includes(hint)),
    spec: { ...sample.spec },
  });
  const at = nodeAt(sample.node, length.path) ?? sample.node;
  return found === null ? null : { ...rangeOf(positions, at.start, at.end), estimate: found };
}

/** Frames, and the field that sets them. When the video was not probed, max_frames is the most it can be. */
function lengthOf(sample: Sample): { readonly frames: number; readonly path: SpecPath } | null {
  const named = sample.dialect === 'cosmos3' ? firstControl(sample) : colourVideo(sample);
  const frames = named === null ? undefined : sample.facts.media(named.named)?.frames;
  const most = isGiven(sample, 'max_frames') ? sample.spec.max_frames : null;
  if (most !== null) return { frames: frames ?? most, path: ['max_frames'] };
  return named === null || frames === undefined ? null : { frames, path: named.path };
}

function weightsOf(sample: Sample, positions: Positions): WeightOutlook[] {
  const masked = sample.dialect === 'transfer2.5' && isMasked(sample);
  const controls = controlsOf(sample).map(({ hint, weight }) => ({ block: hint, weight: weight?.value ?? 1, masked }));
  if (controls.some(({ weight }) => !Number.isFinite(weight) || weight < 0)) return []; // the check says what is wrong
  const { effect, values } = effectiveWeights(sample.dialect, controls);
  return controls.flatMap(({ block, weight }) => {
    const own = written(sample, block, namesOf(sample.dialect).weight);
    const place: PyNode | undefined = own ?? sample.node.last.get(block)?.key;
    if (place === undefined) return [];
    const range = rangeOf(positions, place.start, place.end);
    const says = weight === 0 && effect !== 'ignored' ? SILENT : saying(sample, effect);
    return [
      { ...range, hint: block, written: own === undefined ? null : weight, effective: values[block] ?? weight, says },
    ];
  });
}

const SILENT = 'The control is loaded and does not act; remove its block to leave it out.';

function saying(sample: Sample, effect: WeightEffect): string {
  const guidance = sample.dialect === 'cosmos3' ? ` (now ${sample.resolved.control_guidance})` : '';
  switch (effect) {
    case 'asWritten':
    case 'unknown': // of engines that this version has no rule for, and so no dialect
      return 'Weights act as they are written.';
    case 'scaledDown':
      return 'Where all controls act, their weights are scaled to a sum of 1, because a mask is used.';
    case 'shares':
      return `Weights are shares of 1; control_guidance${guidance} makes all controls stronger or weaker.`;
    case 'ignored':
      return `The weight of the only control has no effect; control_guidance${guidance} sets its strength.`;
  }
}
