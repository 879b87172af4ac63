/** The methods about results, reports and costs. */
import * as z from 'zod';
import { JobState } from '../job.js';
import { Result, ResultMark } from '../run.js';
import { type MethodTable, method } from './method.js';

const Report = z.object({
  since: z.iso.datetime(),
  jobs: z.partialRecord(JobState, z.int()),
  successRate: z.number().nullable(),
  medianSeconds: z.number().nullable(),
  busySeconds: z.number(),
  failures: z.array(z.object({ code: z.string(), count: z.int(), example: z.string() })),
  byEngine: z.record(z.string(), z.object({ jobs: z.int(), frames: z.int(), seconds: z.number() })),
});

const Cost = z.object({
  total: z.number().describe('Dollars: price of the host x the time a run held its slot.'),
  entries: z.array(
    z.object({ group: z.string(), host: z.string(), jobs: z.int(), seconds: z.number(), dollars: z.number() }),
  ),
  note: z.string(),
});

export const resultMethods = {
  'result.list': method(
    'Verified outputs, newest last.',
    z.strictObject({
      clip: z.string().optional(),
      before: z.string().optional().describe('Id of a job: only results that are older than its own.'),
      limit: z.int().min(1).optional().describe('The newest so many of them.'),
    }),
    z.object({ results: z.array(Result) }),
  ),
  'result.mark': method(
    'A person judges a result; null takes the mark back.',
    z.strictObject({ job: z.string(), mark: ResultMark.nullable() }),
    z.object({ result: Result }),
  ),
  'result.media': method(
    'Expiring URLs of the files of a result (HTTP with ranges).',
    z.strictObject({ job: z.string() }),
    z.object({
      video: z.string(),
      poster: z.string().nullable(),
      contactSheet: z.string().nullable(),
      expiresAt: z.iso.datetime(),
    }),
  ),
  'cost.get': method(
    'What was spent, by project, host or engine.',
    z.strictObject({
      by: z.enum(['project', 'host', 'engine', 'clip']).optional(),
      since: z.iso.datetime().optional(),
    }),
    Cost,
  ),
  'report.get': method(
    'How the jobs went since a moment.',
    z.strictObject({ since: z.iso.datetime().optional() }),
    Report,
  ),
} as const satisfies MethodTable;
