/** What a check reports; the same shape for CLI, daemon and editor. */
import * as z from 'zod';
import { Dialect } from '../preset.js';

/** A piece of text and where it stands: lines and columns from 1, columns in UTF-16 units, the end excluded. */
export const textRange = {
  line: z.int().min(1),
  column: z.int().min(1),
  endLine: z.int().min(1),
  endColumn: z.int().min(1),
};

export const TextEdit = z
  .object({ ...textRange, text: z.string().describe('What stands there afterwards.') })
  .describe('One replacement in the text of a spec.');
export type TextEdit = z.infer<typeof TextEdit>;

export const Offer = z
  .object({ says: z.string().describe('What it does: "Write depth.mp4".'), edits: z.array(TextEdit) })
  .describe('A change that only a person can choose, as more than one thing may be meant.');
export type Offer = z.infer<typeof Offer>;

export const Issue = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  source: z
    .enum(['nvidia', 'preflight'])
    .describe("nvidia = NVIDIA's validator says so; preflight = it lets this through."),
  code: z.string().describe("nvidia: pydantic's type of error, or the Python exception. preflight: a rule's code."),
  path: z.array(z.union([z.string(), z.int()])).describe('JSON path inside the sample; empty = the sample as a whole.'),
  ...textRange,
  message: z.string().describe('One sentence without a full stop, for an artist: what is wrong, and what is allowed.'),
  because: z
    .int()
    .min(0)
    .optional()
    .describe(
      'Place in `issues` of the finding that this one comes from: what solves that one solves this too, and people are shown that one only.',
    ),
  fix: z.string().optional().describe('What to do, in words.'),
  edits: z.array(TextEdit).optional().describe('The same as changes to the text, when it is safe to make them.'),
  offers: z.array(Offer).optional().describe('Changes to choose from, the likeliest first.'),
});
export type Issue = z.infer<typeof Issue>;

export const CheckReport = z.object({
  file: z.string(),
  engine: Dialect,
  nvidia: z.enum(['accepts', 'rejects']),
  stage: z
    .enum(['parse', 'build'])
    .nullable()
    .describe(
      "Where NVIDIA's code rejects: when it reads the spec, or only after the model is loaded. null = accepts.",
    ),
  ok: z.boolean().describe('No issue of severity error.'),
  issues: z.array(Issue),
});
export type CheckReport = z.infer<typeof CheckReport>;
