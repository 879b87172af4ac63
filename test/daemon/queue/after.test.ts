import { expect, test } from 'vitest';
import type { Move } from '../../../daemon/job/life.js';
import { after } from '../../../daemon/queue/after.js';
import type { Job, JobError } from '../../../schemas/index.js';
import { job } from '../../support/jobs.js';

const AT = '2026-02-02T00:00:00.000Z';
const EARLIER = '2026-02-01T00:00:00.000Z';
const error: JobError = { code: 'run_failed', class: 'host', message: 'The run ended.' };
const member: Partial<Job> = { run: 'run-2', host: 'farm', attempt: 2, startedAt: EARLIER, progress: 0.5, eta: 9 };

const table: [what: string, from: Partial<Job>, move: Move, to: Partial<Job>][] = [
  ['a new state needs a new reason', { state: 'held', reason: 'Why?' }, { event: 'released' }, { reason: '' }],
  ['a patch gives the reason', { state: 'queued' }, { event: 'held', patch: { reason: 'Look.' } }, { reason: 'Look.' }],
  [
    'a claim ends back-off and old error',
    { state: 'queued', error, notBefore: EARLIER },
    { event: 'claimed', patch: { run: 'run-3', host: 'farm', attempt: 1 } },
    { state: 'staging', error: null, notBefore: null, run: 'run-3', host: 'farm', attempt: 1 },
  ],
  ['running begins the time', { state: 'staged' }, { event: 'started' }, { startedAt: AT, endedAt: null }],
  [
    'success is complete',
    { state: 'collecting', ...member },
    { event: 'collected', patch: { output: '/a.mp4' } },
    { endedAt: AT, startedAt: EARLIER, progress: 1, eta: null, output: '/a.mp4' },
  ],
  [
    'failure keeps how far it came',
    { state: 'running', ...member },
    { event: 'failed', patch: { error } },
    { endedAt: AT, error, progress: 0.5, eta: null },
  ],
  ['a waiting job ends too', { state: 'queued' }, { event: 'cancelled' }, { endedAt: AT, startedAt: null }],
  [
    'unreached: no attempt counted, nothing of the run clings',
    { state: 'running', ...member },
    { event: 'requeued' },
    { attempt: 1, host: null, startedAt: null, progress: null, eta: null },
  ],
  [
    'failed and tried again: the attempt counts',
    { state: 'running', ...member },
    { event: 'requeued', patch: { error, notBefore: AT } },
    { attempt: 2, error, notBefore: AT, host: null },
  ],
  [
    'a retry starts afresh',
    { state: 'failed', ...member, error, output: '/a.mp4', stopReason: 'stall', endedAt: EARLIER },
    { event: 'retried' },
    {
      ...{ state: 'preparing', error: null, output: null, stopReason: null, endedAt: null },
      ...{ startedAt: null, progress: null, attempt: 2, run: 'run-2' },
    },
  ],
  [
    'edited settings bring their engine and host',
    { state: 'queued' },
    { event: 'edited', patch: { settings: { ...job().settings, engine: 'cosmos3', host: 'farm' } } },
    { state: 'preparing', engine: 'cosmos3', host: 'farm' },
  ],
];

test.each(table)('%s', (_, from, move, to) => {
  expect(after(job(from), move, AT)).toMatchObject({ ...to, fence: 1, updatedAt: AT });
});
