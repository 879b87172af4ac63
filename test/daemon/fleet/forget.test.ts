import { expect, test } from 'vitest';
import { moveOffHost } from '../../../daemon/fleet/forget.js';
import type { Job } from '../../../schemas/index.js';
import { job } from '../../support/jobs.js';
import { result } from '../server/parts.js';

const STARTED = '2026-11-22T10:00:00.000Z';

function on(changes: Partial<Job>): Job {
  return job({ id: 'job-a', host: 'gpu1', run: 'run-a', attempt: 1, startedAt: STARTED, ...changes });
}

test.each([
  ['staging', 'before the job began there.', undefined],
  ['staged', 'while the job ran there.', 'host_forgotten'],
  ['running', 'while the job ran there.', 'host_forgotten'],
  ['collecting', 'before the finished output was fetched: it is generated again.', 'host_forgotten'],
] as const)('a job that is %s queues again; what may have run counts as an attempt', (state, why, code) => {
  const move = moveOffHost(on({ state }), 'gpu1', undefined);
  expect(move).toMatchObject({ event: 'requeued', patch: { reason: `The host gpu1 was forgotten ${why}` } });
  expect(move.patch?.error?.code).toBe(code);
  expect(move.patch?.notBefore).toBeUndefined();
});

test('a result that is here already is kept; one of an earlier attempt is not taken for it', () => {
  const collecting = on({ state: 'collecting' });
  const fetched = result('job-a', '/renders/a_aug.mp4', { createdAt: '2026-11-22T10:05:00.000Z' });
  expect(moveOffHost(collecting, 'gpu1', fetched)).toMatchObject({
    event: 'collected',
    patch: { output: fetched.video },
  });
  const older = { ...fetched, createdAt: '2026-11-22T09:00:00.000Z' };
  expect(moveOffHost(collecting, 'gpu1', older).event).toBe('requeued');
});

test('a stop is taken as done', () => {
  expect(moveOffHost(on({ state: 'stopping', stopReason: 'cancel' }), 'gpu1', undefined).event).toBe('stopped');
  expect(moveOffHost(on({ state: 'stopping', stopReason: 'stall' }), 'gpu1', undefined)).toMatchObject({
    event: 'failed',
    patch: { error: { code: 'host_forgotten' } },
  });
});

test('a job that wants no other host says how it gets one', () => {
  const bound = on({ state: 'running', settings: { ...job().settings, host: 'gpu1' } });
  expect(moveOffHost(bound, 'gpu1', undefined).patch?.reason).toContain('`cosmos job edit job-a --host HOST`');
});
