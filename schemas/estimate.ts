/** What a job would cost; every number says where it comes from. */
import * as z from 'zod';

export const Estimate = z.object({
  engine: z.string(),
  gpu: z.string(),
  gpus: z.int().min(1),
  frames: z.int().min(1),
  chunks: z.int().min(1),
  framesPerChunk: z.int().min(1),
  secondsPerChunk: z.number().nullable(),
  seconds: z.number().nullable().describe('Generation only: no model load, no transfer. null = nothing is published.'),
  dollars: z.number().nullable().describe('seconds x price of the host; null without a price.'),
  source: z.string().describe('Where the number comes from.'),
  confidence: z.enum(['measured', 'published', 'scaled', 'none']),
  hint: z.string().nullable().describe('For example: 93 frames would be one chunk.'),
});
export type Estimate = z.infer<typeof Estimate>;
