/** What a check reports; the same shape for CLI, daemon and editor. */
import { z } from 'zod';
import { Dialect } from '../preset.js';

export const Issue = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  source: z
    .enum(['nvidia', 'preflight'])
    .describe("nvidia = NVIDIA's validator says so; preflight = it lets this through."),
  code: z.string(),
  path: z.array(z.union([z.string(), z.int()])).describe('JSON path; empty = the whole file.'),
  line: z.int().min(1),
  column: z.int().min(1),
  message: z.string(),
  fix: z.string().optional().describe('What to do, in words.'),
});
export type Issue = z.infer<typeof Issue>;

export const CheckReport = z.object({
  file: z.string(),
  engine: Dialect,
  nvidia: z.enum(['accepts', 'rejects']),
  ok: z.boolean().describe('No issue of severity error.'),
  issues: z.array(Issue),
});
export type CheckReport = z.infer<typeof CheckReport>;
