/** The methods about the daemon itself: hello, its state, its configuration. */
import * as z from 'zod';
import { JobState } from '../job.js';
import { QueueStatus } from '../queue-status.js';
import { type MethodTable, method, nothing } from './method.js';

const DaemonStatus = z.object({
  pid: z.int(),
  version: z.string(),
  startId: z.string().describe('Changes with every start.'),
  stateDir: z.string(),
  startedAt: z.iso.datetime(),
  url: z.string(),
  queue: QueueStatus,
  jobs: z.partialRecord(JobState, z.int()).describe('How many jobs are in each state.'),
  clips: z.int(),
  seq: z.int().describe('Last journaled event.'),
});

export const daemonMethods = {
  hello: method(
    'First call of a connection: exchange of versions.',
    z.strictObject({ client: z.string(), protocol: z.int() }),
    z.object({ protocol: z.int(), version: z.string(), startId: z.string(), stateDir: z.string() }),
  ),
  'daemon.status': method('What the daemon is and does.', nothing, DaemonStatus),
  'daemon.stop': method('Stop the daemon; runs go on and are picked up at the next start.', nothing, nothing),
  'config.get': method(
    'Presets, projects and defaults as the daemon read them.',
    nothing,
    z.object({ file: z.string().nullable(), presets: z.array(z.string()), projects: z.array(z.string()) }),
  ),
} as const satisfies MethodTable;
