/** The shape of one difference that remains after a spec was translated to another engine. */
import * as z from 'zod';

export const SpecLoss = z
  .object({
    kind: z
      .enum(['dropped', 'changed', 'assumed'])
      .describe('dropped = is gone; changed = has another value or meaning; assumed = stands in the result only.'),
    path: z.array(z.string()).describe('In the source; of what is assumed, in the result.'),
    message: z.string().describe('One sentence without a full stop.'),
    fix: z.string().optional().describe('What to do.'),
    sample: z.int().min(0).describe('Which of the samples in the file.'),
  })
  .describe('One value that a translation could not keep as it was.');
export type SpecLoss = z.infer<typeof SpecLoss>;
