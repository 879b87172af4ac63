/** The methods that read and follow logs. */
import * as z from 'zod';
import { type MethodTable, method, nothing } from './method.js';

export const LogPiece = z.object({
  run: z.string(),
  from: z.int().describe('First byte of the piece in the run log.'),
  to: z.int().describe('Byte after the piece.'),
  text: z.string().describe('UTF-8, cut between characters; \\r kept.'),
  leftOut: z
    .int()
    .optional()
    .describe('Bytes of the piece that nobody has any more, because the log is long; its text says so instead.'),
});

export const logMethods = {
  'log.read': method(
    'A piece of the log of a job attempt, or of a whole run; a negative from counts from the end.',
    z.strictObject({
      id: z.string().describe('Job or run id.'),
      attempt: z.int().min(1).optional(),
      from: z.int().optional(),
      bytes: z.int().min(1).max(1_048_576).optional(),
    }),
    LogPiece.extend({
      size: z.int().describe('Byte after the last one that is there.'),
      ended: z.boolean().describe('Nothing will be added any more.'),
      file: z
        .string()
        .describe("Absolute path of the daemon's own copy of the run log: its beginning, when bytes were left out."),
    }),
  ),
  'log.follow': method(
    'Send the log from byte `from` on as log.data notifications until log.end.',
    z.strictObject({ id: z.string(), attempt: z.int().min(1).optional(), from: z.int().optional() }),
    z.object({
      follow: z.string().describe('Names this follow in its notifications.'),
      run: z.string(),
      from: z.int(),
    }),
  ),
  'log.unfollow': method('End a follow.', z.strictObject({ follow: z.string() }), nothing),
} as const satisfies MethodTable;
