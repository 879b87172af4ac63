/** What the weights do: raw sums without masks, scaled to 1 with them, and nothing at all where they are all 0. */
import { plainValue } from '../../../../schemas/spec/python-node.js';
import type { Repair } from '../../dialects/repair.js';
import { type Transfer25Sample, transfer25Rule, written } from '../../dialects/rules/rule.js';
import { controlsOf } from '../../dialects/rules/sample-parts.js';

const SOURCE =
  'cosmos_transfer2/_src/transfer2/models/vid2vid_model_control_vace_rectified_flow.py:112-120,131-173; minimal_v4_lvg_dit_control_vace.py:1084-1088';
/** More than rounding: 0.1 + 0.2 + 0.7 is one. */
const SLACK = 1e-9;

interface Weight {
  readonly hint: string;
  readonly value: number;
}

export const weightSum = transfer25Rule({
  code: 'weight_sum',
  severity: 'warning',
  says: 'Without masks, weights are not normalised: what is above 1 in sum drives the picture too hard.',
  costs: {
    kind: 'silent change',
    text: "NVIDIA's guide says the weights would be scaled to 1; they are not, and the controls act too strongly.",
  },
  source: `${SOURCE}; against config.py:434 and the cookbook's overview of control modalities`,
  check: (sample) => {
    const weights = weightsOf(sample);
    const sum = sumOf(weights);
    if (weights.length < 2 || isMasked(sample) || sum <= 1 + SLACK) return [];
    const scaling = 'they are scaled to 1 only where a mask is used';
    const message = `the weights ${listed(weights)} add up to ${rounded(sum)} and act as they are: ${scaling}`;
    const balanced = inHundredths(scaled(weights));
    const fix = `For the same balance at full strength: ${listed(balanced)}.`;
    return [{ path: [], message, fix, offers: [{ says: `Write ${listed(balanced)}.`, repair: balanced.map(set) }] }];
  },
});

export const weightsScaled = transfer25Rule({
  code: 'weights_scaled',
  severity: 'info',
  says: 'Where a mask is used, weights that add up to more than 1 are scaled to 1, at each place of the picture.',
  costs: { kind: 'silent change', text: 'Each control acts more weakly than its number says where controls overlap.' },
  source: SOURCE,
  check: (sample) => {
    const weights = weightsOf(sample);
    if (weights.length < 2 || !isMasked(sample) || sumOf(weights) <= 1 + SLACK) return [];
    const message = `where all controls act, their weights are scaled to 1: ${listed(scaled(weights))}`;
    return [{ path: [], message, fix: 'Nothing to do if that is the balance you want; else change the weights.' }];
  },
});

export const uncontrolled = transfer25Rule({
  code: 'uncontrolled',
  severity: 'warning',
  says: 'When every weight is 0, no control acts: the video follows the prompt alone.',
  costs: { kind: 'silent change', text: 'A full run, and a video that has nothing to do with the scene.' },
  source: 'cosmos_transfer2/inference.py:246-251',
  check: (sample) => {
    const weights = weightsOf(sample);
    const [first] = weights;
    if (first === undefined || sumOf(weights) > 0) return [];
    const which = weights.length === 1 ? `the only control, ${first.hint}, has` : 'all controls have';
    const message = `${which} weight 0: nothing holds the video to the scene`;
    return [{ path: [first.hint, 'control_weight'], message, fix: 'Give at least one control a weight above 0.' }];
  },
});

/** None where NVIDIA's reader refuses one of them: the value that would take its place was not meant. */
function weightsOf(sample: Transfer25Sample): Weight[] {
  const weights = controlsOf(sample).map(({ hint, weight }) => ({ hint, value: weight?.value ?? 1 }));
  const refused = weights.some(({ hint, value }) => {
    const node = written(sample, hint, 'control_weight');
    return node !== undefined && Number(plainValue(node)) !== value;
  });
  return refused ? [] : weights;
}

export function isMasked(sample: Transfer25Sample): boolean {
  const { edge, vis, depth, seg } = sample.spec;
  return [edge, vis, depth, seg].some((block) => (block?.mask_path ?? block?.mask_prompt ?? null) !== null);
}

function scaled(weights: readonly Weight[]): Weight[] {
  const sum = sumOf(weights);
  return weights.map(({ hint, value }) => ({ hint, value: value / sum }));
}

/** With a sum of 1 still: rounded one by one, 0.226, 0.548 and 0.226 would come to 1.01, which the rule finds again. */
function inHundredths(shares: readonly Weight[]): Weight[] {
  const parts = shares.map(({ hint, value }) => {
    const whole = Math.floor(100 * value + SLACK);
    return { hint, whole, rest: 100 * value - whole };
  });
  const missing = 100 - parts.reduce((sum, { whole }) => sum + whole, 0);
  const largest = [...parts].sort((a, b) => b.rest - a.rest).slice(0, missing);
  return parts.map((part) => ({ hint: part.hint, value: (part.whole + (largest.includes(part) ? 1 : 0)) / 100 }));
}

function set({ hint, value }: Weight): Repair {
  return { do: 'set', path: [hint, 'control_weight'], value: Number(rounded(value)) };
}

function sumOf(weights: readonly Weight[]): number {
  return weights.reduce((sum, { value }) => sum + value, 0);
}

function listed(weights: readonly Weight[]): string {
  return weights.map(({ hint, value }) => `${hint} ${rounded(value)}`).join(', ');
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
