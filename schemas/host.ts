import { z } from 'zod';
import { EngineName } from './preset.js';

export const Slot = z.object({
  index: z.int().min(0),
  run: z.string().nullable(),
});

/** A machine as clients see it. "unreachable" is a fact about the host; its jobs stay where they are. */
export const Host = z.object({
  id: z.string(),
  kind: z.enum(['local', 'ssh']),
  state: z.enum(['online', 'unreachable', 'draining']),
  reason: z.string(),
  engines: z.array(EngineName),
  gpu: z.string().nullable().describe('GPU model as the estimate tables name it.'),
  gpus: z.int().min(0),
  slots: z.array(Slot),
  pricePerHour: z.number().min(0),
  lastSeen: z.iso.datetime().nullable(),
});
export type Host = z.infer<typeof Host>;
