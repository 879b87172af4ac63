/** The shapes of a submit and of its plan. */
import * as z from 'zod';
import { Estimate } from './estimate.js';
import { EngineName, HintKey, Weight } from './preset.js';
import { CheckReport } from './spec/issue.js';
import { PlainJson, PlainText } from './text.js';

export const Target = z.string().min(1).describe('Clip id, clip name, clip path, or path of a spec file.');

/** Everything a submit can choose; absent = the next weaker source decides (manifest, preset, defaults). */
export const JobOptions = z.strictObject({
  engine: EngineName.optional(),
  host: z.string().optional(),
  preset: z.string().optional(),
  prompt: PlainText.optional(),
  weights: z.partialRecord(HintKey, Weight).optional(),
  seed: z.int().min(0).optional(),
  set: z.record(PlainText, PlainJson).optional().describe('Spec fields by their NVIDIA name.'),
  draft: z.boolean().optional().describe('Cheapest useful run: one chunk, few steps.'),
  allowFlat: z.boolean().optional().describe('Passes of one flat colour are meant so: do not hold the job for them.'),
  priority: z.int().optional(),
  project: PlainText.optional(),
  tags: z.array(PlainText).optional(),
});
export type JobOptions = z.infer<typeof JobOptions>;

/** A sweep is the product of its axes: {"seed":[1,2],"edge":[0.3,0.6]} makes four jobs a target. */
export const Sweep = z.record(PlainText, z.array(PlainJson).min(1));
export type Sweep = z.infer<typeof Sweep>;

/** What a submit would do, without doing it. */
export const Plan = z.object({
  name: z.string(),
  engine: EngineName,
  host: z.string().nullable(),
  prompt: z.string(),
  promptSource: z.string(),
  inputs: z.array(z.object({ path: z.string(), bytes: z.int() })),
  bytes: z.int(),
  spec: z.string().describe('The spec as it would be written.'),
  check: CheckReport,
  estimate: Estimate.nullable(),
  wouldHold: z.string().nullable().describe('Why a person would have to release it first.'),
});
export type Plan = z.infer<typeof Plan>;
