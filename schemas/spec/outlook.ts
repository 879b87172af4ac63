/** The shape of a forecast for a spec (chunks, time, price, weights) that is shown beside its text. */
import * as z from 'zod';
import { Estimate } from '../estimate.js';
import { textRange } from './issue.js';

export const WeightOutlook = z
  .object({
    ...textRange,
    hint: z.string().describe("As the spec's dialect calls it."),
    written: z.number().nullable().describe('null = left out.'),
    effective: z.number().describe('What it acts with: see says.'),
    says: z.string().describe('Why it acts so, in a sentence.'),
  })
  .describe('A control: the place of its weight, or of its name where no weight is written.');
export type WeightOutlook = z.infer<typeof WeightOutlook>;

export const SampleOutlook = z.object({
  ...textRange,
  cost: z
    .object({ ...textRange, estimate: Estimate })
    .nullable()
    .describe('Chunks, time and price, at the field that sets the length; null = the length is not known.'),
  weights: z.array(WeightOutlook),
});
export type SampleOutlook = z.infer<typeof SampleOutlook>;
