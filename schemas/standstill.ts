/** What the watchdog of a daemon writes beside its database while the event loop stands still. */
import * as z from 'zod';
import { JobState } from './job.js';

/** A job at whose step the daemon is at work. */
export const JobWork = z.object({
  job: z.string(),
  step: JobState.describe('State of the job, whose step it is.'),
  since: z.iso.datetime(),
});
export type JobWork = z.infer<typeof JobWork>;

/** `<state>/standstill.json`: there while the loop stands, and after the watchdog has ended the process for it. */
export const Standstill = z.object({
  pid: z.int(),
  startId: z.string().describe('Of the daemon that stands still.'),
  since: z.iso.datetime().describe('When its loop was last seen to turn.'),
  seconds: z.number().describe('How long it has stood, without the time in which the whole machine or process stood.'),
  work: z.array(JobWork).describe('What was at work then.'),
  ended: z.boolean().describe('The watchdog has ended the process.'),
});
export type Standstill = z.infer<typeof Standstill>;
