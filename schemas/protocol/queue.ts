/** The methods about the queue and the runs that it starts. */
import * as z from 'zod';
import { QueueStatus } from '../queue-status.js';
import { Attempt, Run } from '../run.js';
import { type MethodTable, method, nothing } from './method.js';

export const queueMethods = {
  'queue.get': method('Is the queue paused, and why.', nothing, QueueStatus),
  'queue.pause': method(
    'Start nothing more; what runs goes on.',
    z.strictObject({ reason: z.string().optional() }),
    QueueStatus,
  ),
  'queue.resume': method('Start jobs again.', nothing, QueueStatus),
  'run.list': method(
    'Runs, newest last.',
    z.strictObject({ limit: z.int().min(1).optional() }),
    z.object({ runs: z.array(Run) }),
  ),
  'run.get': method(
    'One run with its attempts.',
    z.strictObject({ id: z.string() }),
    z.object({ run: Run, attempts: z.array(Attempt) }),
  ),
} as const satisfies MethodTable;
