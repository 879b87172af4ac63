/** The notifications that the daemon sends without a request. */
import * as z from 'zod';
import { Event, Progress } from '../event.js';
import { HostCheck, HostQuestion } from '../host.js';
import { LogPiece } from './log.js';
import { notification } from './method.js';

export const notifications = {
  event: notification('One journaled event; sequence numbers have no gap.', Event),
  progress: notification('Latest progress of a live job.', Progress),
  'host.check': notification(
    'The next finding of a probe that this client asked for.',
    z.object({ host: z.string(), check: HostCheck }),
  ),
  'host.asks': notification(
    'A host asks the person at this client; host.answer has the answers.',
    z.object({ id: z.string(), question: HostQuestion }),
  ),
  'log.data': notification('The next piece of a followed log.', LogPiece.extend({ follow: z.string() })),
  'log.gap': notification(
    'This client read too slowly: bytes were left out; read them with log.read.',
    z.object({ follow: z.string(), run: z.string(), from: z.int(), to: z.int() }),
  ),
  'log.end': notification(
    'The followed log is complete.',
    z.object({ follow: z.string(), run: z.string(), size: z.int() }),
  ),
} as const satisfies Record<string, { about: string; params: z.ZodType }>;
