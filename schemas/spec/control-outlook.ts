/** The shape of one control's row in a form that has no spec yet. */
import * as z from 'zod';
import { HintKey } from '../preset.js';

export const ControlSource = z
  .enum(['render', 'computed', 'unavailable'])
  .describe('render = a pass of the clip; computed = the model makes it of the colour; unavailable = neither.');
export type ControlSource = z.infer<typeof ControlSource>;

export const ControlOutlook = z.object({
  hint: HintKey,
  on: z.boolean().describe('The hint is in the spec; off removes it, which is not the same as weight 0.'),
  weight: z.number().describe('As it would be written; of a hint that is off, what it gets when it is switched on.'),
  effective: z.string().describe('What it acts with, as people read it: "0.35", "25 %"; empty when it is off.'),
  instead: z.string().describe('Shown in place of the slider where the engine ignores the weight; empty = the slider.'),
  source: ControlSource,
  sourceSays: z.string().describe('"from render", "computed by the model", "unavailable: ...".'),
});
export type ControlOutlook = z.infer<typeof ControlOutlook>;
