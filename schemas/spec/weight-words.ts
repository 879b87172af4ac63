/** Says in words how strongly each control acts; recomputed while a slider is dragged. Pure. */
import { type EffectiveWeights, effectiveWeights, type WeightedControl } from './effective-weights.js';

/** A row of a form: what is off has a weight too, which counts as soon as it is switched on. */
export interface SwitchedControl extends WeightedControl {
  readonly on: boolean;
}

export interface Effect {
  /** "0.35", "25 %"; empty for a control that is off. */
  readonly value: string;
  /** Stands in place of the slider where the engine ignores the weight; empty = the slider. */
  readonly sentence: string;
}

/** An English sentence, with {0}, {1} for the values, in the language of the person. */
export type Say = (sentence: string, ...values: string[]) => string;

const inEnglish: Say = (sentence, ...values) => sentence.replace(/\{(\d)\}/g, (_, index) => values[index] ?? '');

/** By block. Shown by the form of the editor, and over the protocol (spec.controls) by Houdini. */
export function effects(
  engine: string,
  controls: readonly SwitchedControl[],
  say = inEnglish,
): Readonly<Record<string, Effect>> {
  const on = controls.filter((control) => control.on);
  const acting = effectiveWeights(engine, on);
  return Object.fromEntries(
    controls.map((control) => [control.block, control.on ? effectOf(control, acting, say) : OFF]),
  );
}

const OFF: Effect = { value: '', sentence: '' };

function effectOf({ block }: SwitchedControl, { effect, values }: EffectiveWeights, say: Say): Effect {
  const value = values[block] ?? 0;
  switch (effect) {
    case 'asWritten':
    case 'unknown':
      return { value: rounded(value), sentence: '' };
    case 'scaledDown':
      return { value: say('{0} where all act', rounded(value)), sentence: '' };
    case 'shares':
      return { value: `${Math.round(100 * value)} %`, sentence: '' };
    case 'ignored':
      return {
        value: '100 %',
        sentence: say(
          'The only control: Cosmos 3 gives it its full share and ignores the weight. Use the control guidance instead.',
        ),
      };
    default:
      return effect satisfies never;
  }
}

/** What the numbers of all rows together mean. */
export function weightsNote(engine: string, controls: readonly SwitchedControl[], say = inEnglish): string {
  const on = controls.filter((control) => control.on);
  if (on.length === 0) return say('No control is on: nothing holds the video to the scene.');
  const sum = on.reduce((total, { weight }) => total + weight, 0);
  const { effect } = effectiveWeights(engine, on);
  switch (effect) {
    case 'ignored':
    case 'unknown':
      return '';
    case 'shares':
      return say('Weights are shares: Cosmos 3 scales them to a sum of 1.');
    case 'scaledDown':
      return say(
        'Weights add up to {0}; where all controls act, the masks make the model scale them to 1.',
        rounded(sum),
      );
    case 'asWritten':
      if (engine === 'preview') {
        return say('The preview mixes the controls in; a real model follows them its own way.');
      }
      return on.length === 1 ? '' : say('Weights add up to {0} and act as they are.', rounded(sum));
    default:
      return effect satisfies never;
  }
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
