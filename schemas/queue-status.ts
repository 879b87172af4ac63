/** Whether the queue is paused, and why. */
import * as z from 'zod';

export const QueueStatus = z.object({
  paused: z.boolean(),
  reason: z.string(),
});
export type QueueStatus = z.infer<typeof QueueStatus>;
