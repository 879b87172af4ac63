/** The notifications that the daemon sends without a request. */
import * as z from 'zod';
import { Event, Progress } from '../event.js';
import { HostCheck, HostQuestion } from '../host.js';
import { LogPiece } from './log.js';

export const notifications = {
  event: { about: 'One journaled event; sequence numbers have no gap.', params: Event },
  progress: { about: 'Latest progress of a live job.', params: Progress },
  'host.check': {
    about: 'The next finding of a probe that this client asked for.',
    params: z.object({ host: z.string(), check: HostCheck }),
  },
  'host.asks': {
    about: 'A host asks the person at this client; host.answer has the answers.',
    params: z.object({ id: z.string(), question: HostQuestion }),
  },
  'log.data': { about: 'The next piece of a followed log.', params: LogPiece.extend({ follow: z.string() }) },
  'log.gap': {
    about: 'This client read too slowly: bytes were left out; read them with log.read.',
    params: z.object({ follow: z.string(), run: z.string(), from: z.int(), to: z.int() }),
  },
  'log.end': {
    about: 'The followed log is complete.',
    params: z.object({ follow: z.string(), run: z.string(), size: z.int() }),
  },
} as const satisfies Record<string, { about: string; params: z.ZodType }>;
