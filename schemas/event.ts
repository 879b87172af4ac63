/** Journaled events: sequenced, without gaps, in the order in which things changed. */
import * as z from 'zod';
import { Clip, Watch } from './clip.js';
import { Host } from './host.js';
import { Job } from './job.js';
import { QueueStatus } from './queue-status.js';
import { Result, Run } from './run.js';

const base = {
  seq: z.int().min(1),
  at: z.iso.datetime(),
  id: z.string().describe('Id of the thing that changed.'),
  type: z.string(),
};

/** type names the moment ("staged", "created"); data is the whole thing after the change. */
export const Event = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('clip'), data: Clip.nullable().describe('null = gone') }),
  z.object({ ...base, kind: z.literal('watch'), data: Watch.nullable() }),
  z.object({ ...base, kind: z.literal('job'), data: Job }),
  z.object({ ...base, kind: z.literal('run'), data: Run }),
  z.object({ ...base, kind: z.literal('result'), data: Result }),
  z.object({ ...base, kind: z.literal('host'), data: Host.nullable() }),
  z.object({ ...base, kind: z.literal('queue'), data: QueueStatus }),
]);
export type Event = z.infer<typeof Event>;

/** Everything a client shows at first, true at `seq`. Its size does not grow with the history: that is paged. */
export const Snapshot = z.object({
  watches: z.array(Watch),
  clips: z.array(Clip),
  jobs: z.array(Job).describe('The newest ended jobs, newest last, and after them all that have not ended.'),
  olderJobs: z.int().describe('Ended jobs that are older than these; job.list with `before` gives them.'),
  runs: z.array(Run).describe('The newest ended runs, and all that are open.'),
  results: z.array(Result).describe('The newest, newest last.'),
  olderResults: z.int().describe('Results that are older than these; result.list with `before` gives them.'),
  hosts: z.array(Host),
  queue: QueueStatus,
});
export type Snapshot = z.infer<typeof Snapshot>;

/** Latest value only; coalesced, not sequenced. */
export const Progress = z.object({
  job: z.string(),
  stage: z.string().describe('What is going on: "encoding depth", "frame 12/48", "chunk 1/2 step 12/35".'),
  fraction: z.number().min(0).max(1),
  eta: z.number().nullable().describe('Seconds.'),
});
export type Progress = z.infer<typeof Progress>;
