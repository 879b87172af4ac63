/** The methods about jobs, from submit to release. */
import * as z from 'zod';
import { Estimate } from '../estimate.js';
import { Job, JobState } from '../job.js';
import { MeasuredPass } from '../measure.js';
import { Attempt, Result } from '../run.js';
import { CheckReport } from '../spec/issue.js';
import { JobOptions, Plan, Sweep, Target } from '../submit.js';
import { type MethodTable, method } from './method.js';

const ids = z.strictObject({ ids: z.array(z.string()).min(1).describe('Job ids.') });
const jobs = z.object({ jobs: z.array(Job) });

export const jobMethods = {
  'job.submit': method(
    'Make jobs from clips or specs; the same idempotency key returns the same jobs.',
    z.strictObject({
      targets: z.array(Target).min(1),
      options: JobOptions.optional(),
      sweep: Sweep.optional(),
      idempotencyKey: z.string().optional(),
      unattended: z
        .boolean()
        .optional()
        .describe('A render sends by itself, nobody looks: what auto-send may not do alone is held for a person.'),
    }),
    jobs,
  ),
  'job.plan': method(
    'What job.submit would do: settings, files, bytes, spec, check and estimate of each job.',
    z.strictObject({ targets: z.array(Target).min(1), options: JobOptions.optional(), sweep: Sweep.optional() }),
    z.object({ plans: z.array(Plan) }),
  ),
  'job.list': method(
    'Jobs, newest last; with a filter.',
    z.strictObject({
      states: z.array(JobState).optional(),
      clip: z.string().optional(),
      before: z.string().optional().describe('Job id: only jobs that were submitted before it.'),
      limit: z.int().min(1).optional().describe('The newest so many of them.'),
    }),
    jobs,
  ),
  'job.get': method(
    'One job with its attempts.',
    z.strictObject({ id: z.string() }),
    z.object({
      job: Job,
      attempts: z.array(Attempt),
      spec: z.string().nullable(),
      result: Result.nullable(),
      passes: z
        .array(MeasuredPass)
        .optional()
        .describe('What its video and controls say; absent before it is prepared.'),
    }),
  ),
  'job.cancel': method('Cancel jobs; a running one is stopped first and verified gone.', ids, jobs),
  'job.retry': method('Run ended jobs again as a new attempt.', ids, jobs),
  'job.clone': method(
    'New jobs like these, with changes.',
    z.strictObject({ ids: z.array(z.string()).min(1), options: JobOptions.optional() }),
    jobs,
  ),
  'job.edit': method(
    'Change a job that has not started.',
    z.strictObject({
      id: z.string(),
      options: JobOptions,
      fence: z
        .int()
        .optional()
        .describe('Of the job as the caller saw it: when it moved on since, nothing is changed.'),
    }),
    z.object({ job: Job }),
  ),
  'job.compile': method(
    'The spec that a job would have with these changes, checked and with its estimate; nothing is changed.',
    z.strictObject({ id: z.string(), options: JobOptions.optional() }),
    z.object({ text: z.string(), report: CheckReport, estimate: Estimate.nullable() }),
  ),
  'job.move': method(
    'Order among waiting jobs: to the front, or before another.',
    z.strictObject({ id: z.string(), before: z.string().nullable().describe('null = run next.') }),
    z.object({ job: Job }),
  ),
  'job.setPriority': method(
    'Priority of waiting jobs.',
    z.strictObject({ ids: z.array(z.string()).min(1), priority: z.int() }),
    jobs,
  ),
  'job.release': method(
    'Let held jobs go on: a person has decided. One that is held for a flat pass is never held for one again.',
    ids,
    jobs,
  ),
} as const satisfies MethodTable;
