/** A job is one clip revision plus one spec, wanted once. Its life is daemon/job/life.ts. */
import * as z from 'zod';
import { FailureClass } from './errors.js';
import { MeasuredPass } from './measure.js';
import { EngineName, HintKey, Weight } from './preset.js';

export const JobState = z.enum([
  'preparing',
  'held',
  'queued',
  'staging',
  'staged',
  'running',
  'collecting',
  'stopping',
  'succeeded',
  'failed',
  'refused',
  'cancelled',
]);
export type JobState = z.infer<typeof JobState>;

/** Where a prompt came from, strongest first (design: an explicit submit beats a hand-edited spec, and so on). */
export const PromptSource = z.enum(['submit', 'spec', 'manifest', 'prompt.txt', 'preset', 'template']);
export type PromptSource = z.infer<typeof PromptSource>;

/** All choices of a job after precedence was applied: what the spec is compiled from. */
export const JobSettings = z.object({
  engine: EngineName,
  host: z.string().nullable().describe('Wanted host; null = any that can run the engine.'),
  preset: z.string().nullable(),
  prompt: z.string(),
  promptSource: PromptSource,
  promptOverridden: z
    .array(z.object({ source: PromptSource, prompt: z.string() }))
    .describe('Weaker prompts that differ.'),
  weights: z.partialRecord(HintKey, Weight),
  name: z.string().describe('Output stem, unique within a run.'),
  set: z.record(z.string(), z.json()).describe('Spec fields by their NVIDIA name: seed, num_steps, guidance, ...'),
  allowFlat: z
    .boolean()
    .optional()
    .describe('A pass that says nothing (one flat colour) is meant so: the job is not held for it.'),
  hold: z.string().nullable().optional().describe('Why a person has to release it: nobody was there when it was sent.'),
});
export type JobSettings = z.infer<typeof JobSettings>;

/**
 * One input file as it was when the job was submitted; a difference while preparing fails the job. Hundreds of them
 * belong to one job, so they are kept beside it and are not part of what clients are told at every move.
 */
export const FrozenFile = z.object({
  path: z.string().describe('Absolute.'),
  size: z.int().describe('Bytes.'),
  mtimeMs: z.number(),
});
export type FrozenFile = z.infer<typeof FrozenFile>;

export const JobSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('clip'), clip: z.string(), revision: z.int() }),
  z.object({ kind: z.literal('spec'), spec: z.string().describe('Absolute path.') }),
]);
export type JobSource = z.infer<typeof JobSource>;

export const JobError = z.object({
  code: z.string(),
  class: FailureClass,
  message: z.string().describe('One sentence: what was wrong, where, and what to do.'),
  data: z.record(z.string(), z.json()).optional(),
});
export type JobError = z.infer<typeof JobError>;

export const Job = z.object({
  id: z.string(),
  clip: z.string().nullable().describe('Clip id; null for a spec submitted by path.'),
  name: z.string().describe('Clip name, or the stem of the spec file.'),
  source: JobSource,
  settings: JobSettings,
  state: JobState,
  reason: z.string().describe('One sentence about the state: why held, why queued, how it ended; may be empty.'),
  engine: EngineName,
  host: z.string().nullable(),
  run: z.string().nullable().describe('The run it is or was last a member of.'),
  priority: z.int().describe('Higher runs first.'),
  position: z.number().describe('Order among equal priorities; lower runs first.'),
  attempt: z.int().min(0).describe('Number of the current or last attempt; 0 = not yet claimed.'),
  fence: z.int().describe('Grows with every move; a move with an older fence is dropped.'),
  progress: z.number().min(0).max(1).nullable(),
  eta: z.number().min(0).nullable().describe('Seconds until the output is expected.'),
  output: z.string().nullable().describe('Absolute path of the finished video.'),
  error: JobError.nullable(),
  edited: z.boolean().describe('Changed by hand while queued: a new clip revision does not supersede it.'),
  stopReason: z.enum(['cancel', 'stall']).nullable(),
  notBefore: z.iso.datetime().nullable().describe('Back-off after a transient failure.'),
  sweep: z.string().nullable(),
  project: z.string().nullable(),
  tags: z.array(z.string()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export type Job = z.infer<typeof Job>;

/** One frozen input of a prepared job, content-addressed. */
export const PreparedInput = z.object({
  path: z.string().describe('Where the spec expects it, relative to the spec, forward slashes: "inputs/depth.mp4".'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int(),
});
export type PreparedInput = z.infer<typeof PreparedInput>;

/** Size and timing of a video. fps is exact. */
export const Media = z.object({
  frames: z.int().min(1),
  width: z.int().min(1),
  height: z.int().min(1),
  fps: z.object({ num: z.int(), den: z.int() }),
});
export type Media = z.infer<typeof Media>;

/** What preparing leaves behind: everything a run needs, independent of the clip folder. */
export const Prepared = z.object({
  name: z.string().describe('Name field of the spec: the output stem.'),
  spec: z.string().describe('Absolute path of the compiled spec in the state folder.'),
  specSha256: z.string(),
  inputs: z.array(PreparedInput),
  media: Media,
  hints: z.array(z.string()).describe('Hint keys in the spec, sorted.'),
  passes: z.array(MeasuredPass).optional().describe('What the video and each control say; absent = not measured.'),
});
export type Prepared = z.infer<typeof Prepared>;
