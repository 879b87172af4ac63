/** Weights of controls, which Cosmos 3 scales to a sum of 1 (cosmos-framework inference/transfer.py:186-189). */
import { hintsOf } from '../../../../schemas/spec/cosmos3-build.js';
import type { Cosmos3Sample, Rule } from '../../dialects/rules/rule.js';
import { ENDS_THE_RUN, inWords, transferRule } from './transfer-rule.js';

const SOURCE = 'cosmos-framework inference/transfer.py:186-189';

interface Weight {
  readonly hint: string;
  readonly value: number;
  readonly given: boolean;
}

function weightsOf({ spec }: Cosmos3Sample): Weight[] {
  return hintsOf(spec).map((hint) => {
    const weight = spec[hint]?.weight ?? null;
    return { hint, value: weight ?? 1, given: weight !== null };
  });
}

function usable({ value }: Weight): boolean {
  return value >= 0 && Number.isFinite(value);
}

const unusable = transferRule({
  code: 'weight_unusable',
  severity: 'error',
  says: 'The weight of a control must be a finite number of 0 or more.',
  costs: ENDS_THE_RUN,
  source: SOURCE,
  check: (sample) =>
    weightsOf(sample)
      .filter((weight) => !usable(weight))
      .map(({ hint, value }) => ({
        path: [hint, 'weight'],
        message: `weight ${value} of ${hint} is ${value < 0 ? 'below 0' : 'no finite number'}: the run would stop, or make a broken picture`,
        fix: `Write a number of 0 or more. To leave ${hint} out, remove its block.`,
      })),
});

const allZero = transferRule({
  code: 'weights_all_zero',
  severity: 'error',
  says: 'At least one control needs a weight above 0.',
  costs: ENDS_THE_RUN,
  source: SOURCE,
  check: (sample) => {
    const weights = weightsOf(sample);
    const [first] = weights;
    if (first === undefined || weights.some(({ value }) => value !== 0)) return [];
    const what =
      weights.length === 1 ? `the weight of ${first.hint}, the only control,` : 'the weight of every control';
    const fix = 'Give at least one control a weight above 0; weights are shares, so 1 for all is a good start.';
    return [{ path: [first.hint, 'weight'], message: `${what} is 0: the run would stop`, fix }];
  },
});

/** No repair: the number says how strong the control was meant to be, and only a person can turn it into a guidance. */
const single = transferRule({
  code: 'single_weight',
  severity: 'warning',
  says: 'The weight of the only control has no effect: weights are scaled to a sum of 1.',
  costs: { kind: 'silent change', text: 'Never shows: the control acts with full weight whatever is written.' },
  source: SOURCE,
  check: (sample) => {
    const [only, ...others] = weightsOf(sample);
    if (only === undefined || others.length > 0 || !usable(only) || only.value === 0 || only.value === 1) return [];
    const { hint, value } = only;
    const now = sample.resolved.control_guidance;
    return [
      {
        path: [hint, 'weight'],
        message: `weight ${value} of ${hint} has no effect: weights are scaled to a sum of 1, and ${hint} is the only control`,
        fix: `Use control_guidance to make ${hint} stronger or weaker (0 to 10, now ${now}), and remove the weight.`,
        offers: [{ says: 'Remove the weight.', repair: [{ do: 'remove', path: [hint, 'weight'] }] }],
      },
    ];
  },
});

const zero = transferRule({
  code: 'weight_zero',
  severity: 'info',
  says: 'A control with weight 0 has no say, and takes as much time as one that has.',
  costs: { kind: 'time and money', text: 'Every step attends to the control once, for nothing.' },
  source: SOURCE,
  check: (sample) => {
    const weights = weightsOf(sample);
    if (!weights.some(({ value }) => value > 0)) return [];
    return weights
      .filter(({ value }) => value === 0)
      .map(({ hint }) => ({
        path: [hint, 'weight'],
        message: `${hint} has weight 0: it changes nothing and still takes time`,
        fix: `Remove the block of ${hint}; with one control left, set guidance and control_guidance yourself.`,
      }));
  },
});

const scaled = transferRule({
  code: 'weights_scaled',
  severity: 'info',
  says: 'Weights of several controls are shares: they are scaled to a sum of 1.',
  costs: { kind: 'silent change', text: 'Never shows: raising all weights together changes nothing.' },
  source: SOURCE,
  check: (sample) => {
    const weights = weightsOf(sample);
    const sum = weights.reduce((total, { value }) => total + value, 0);
    const [first] = weights.filter(({ given }) => given);
    if (first === undefined || weights.length < 2 || !weights.every(usable) || sum === 0) return [];
    // Decimal fractions add up to 1 only nearly.
    if (Math.abs(sum - 1) < 1e-6) return [];
    const shares = weights.map(({ hint, value }) => `${hint} ${value} acts as ${Math.round((100 * value) / sum)} %`);
    const fix = 'Use control_guidance to make all of them stronger or weaker.';
    return [{ path: [first.hint, 'weight'], message: `weights are shares: ${inWords(shares)}`, fix }];
  },
});

export const WEIGHT_RULES: readonly Rule[] = [unusable, allZero, single, zero, scaled];
