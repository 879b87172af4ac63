/** A run is one process or container: one model load, one slot, one or many jobs. */
import * as z from 'zod';
import { EngineName } from './preset.js';

export const Run = z.object({
  id: z.string(),
  host: z.string(),
  engine: EngineName,
  slot: z.int().min(0),
  batchKey: z.string().describe('Jobs with equal keys may share a run.'),
  state: z.enum(['open', 'ended']),
  exitCode: z.int().nullable(),
  pricePerHour: z.number().min(0),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  members: z.array(z.string()).describe('Job ids in running order.'),
});
export type Run = z.infer<typeof Run>;

export const AttemptOutcome = z.enum(['succeeded', 'failed', 'refused', 'cancelled', 'unreached']);
export type AttemptOutcome = z.infer<typeof AttemptOutcome>;

/** One job's membership in one run. */
export const Attempt = z.object({
  job: z.string(),
  number: z.int().min(1),
  run: z.string(),
  position: z.int().min(0).describe('Place in the run, from 0.'),
  logFrom: z.int().nullable().describe('First byte of this member in the run log.'),
  logTo: z.int().nullable(),
  outcome: AttemptOutcome.nullable(),
  error: z.string().nullable(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

export const ResultMark = z.enum(['accept', 'reject', 'star']);
export type ResultMark = z.infer<typeof ResultMark>;

/** A verified output; a provenance JSON with the same stem lies beside the video. */
export const Result = z.object({
  job: z.string(),
  clip: z.string().nullable(),
  name: z.string(),
  video: z.string().describe('Absolute path.'),
  provenance: z.string(),
  poster: z.string().nullable(),
  contactSheet: z.string().nullable(),
  controls: z.partialRecord(z.string(), z.string()).describe('Hint key -> control video as the model saw it.'),
  sha256: z.string(),
  bytes: z.int(),
  frames: z.int(),
  width: z.int(),
  height: z.int(),
  fps: z.number(),
  preview: z.boolean().describe('Made by the preview engine: not a Cosmos result.'),
  stale: z.boolean().describe('The clip has a newer revision.'),
  mark: ResultMark.nullable(),
  createdAt: z.iso.datetime(),
});
export type Result = z.infer<typeof Result>;
