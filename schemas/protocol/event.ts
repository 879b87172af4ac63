/** The method that subscribes to the stream of events. */
import * as z from 'zod';
import { Snapshot } from '../event.js';
import { type MethodTable, method } from './method.js';

export const eventMethods = {
  'event.subscribe': method(
    'Events after `since` and from now on. Without since, or when it is older than what is kept: a snapshot instead.',
    z.strictObject({ since: z.int().min(0).optional() }),
    z.object({
      seq: z.int().describe('The snapshot is true here; events follow from seq + 1.'),
      snapshot: Snapshot.nullable(),
    }),
  ),
} as const satisfies MethodTable;
