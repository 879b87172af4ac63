import { expect, test } from 'vitest';
import type { Job, JobError } from '../../../schemas/index.js';
import { draft } from '../../support/jobs.js';
import { claimed, move, openQueue, queued, slot } from '../../support/queue.js';

const error: JobError = { code: 'run_failed', class: 'host', message: 'The run ended early.' };

test('a move is stored with one journal row, and gives the job as it reads back', () => {
  const { queue, journal } = openQueue();
  const [job] = queue.submit([draft()]);
  const before = journal.seq;
  const moved = queue.move(job as Job, { event: 'held', patch: { reason: 'Look at it.' } });
  expect(moved).toMatchObject({ state: 'held', reason: 'Look at it.', fence: 1 });
  expect(queue.get(moved?.id ?? '')).toEqual(moved);
  expect(journal.since(before)).toMatchObject([{ kind: 'job', type: 'held', data: moved }]);
});

test('the second of two movers loses: nothing is written', () => {
  const { queue, journal } = openQueue();
  const [job] = queued(queue) as [Job];
  const winner = queue.move(job, { event: 'cancelled' });
  const before = journal.seq;
  expect(queue.move(job, { event: 'held' })).toBeUndefined();
  expect(queue.get(job.id)).toEqual(winner);
  expect(journal.seq).toBe(before);
});

test('the fence tells apart two visits of the same state', () => {
  const { queue } = openQueue();
  const [old] = queued(queue) as [Job];
  queue.edit(old, old.settings);
  move(queue, queue.need(old.id), { event: 'prepared' });
  expect(queue.get(old.id)?.state).toBe(old.state);
  expect(queue.move(old, { event: 'claimed' })).toBeUndefined();
});

test('a move keeps an order that was changed meanwhile', () => {
  const { queue } = openQueue();
  const [job] = queued(queue) as [Job];
  queue.setPriority([job.id], 5);
  const moved = queue.move(job, { event: 'held' });
  expect(moved?.priority).toBe(5);
  expect(queue.get(job.id)).toEqual(moved);
});

test('a claim makes one run with its members, in one go', () => {
  const { queue, runs, journal } = openQueue();
  const jobs = queued(queue, {}, {});
  const before = journal.seq;
  const claim = queue.claim({ ...slot, host: 'farm', slot: 1, pricePerHour: 2.5, jobs });
  const run = claim?.run;
  expect(run).toMatchObject({
    host: 'farm',
    slot: 1,
    state: 'open',
    pricePerHour: 2.5,
    members: jobs.map(({ id }) => id),
  });
  expect(runs.get(run?.id ?? '')).toEqual(run);
  expect(runs.open()).toEqual([run]);
  expect(claim?.jobs).toMatchObject([
    { state: 'staging', host: 'farm', run: run?.id, attempt: 1 },
    { state: 'staging', host: 'farm', run: run?.id, attempt: 1 },
  ]);
  expect(runs.attempts(run?.id ?? '')).toMatchObject([
    { job: jobs[0]?.id, number: 1, position: 0, outcome: null },
    { job: jobs[1]?.id, number: 1, position: 1, outcome: null },
  ]);
  expect(journal.since(before).map(({ kind, type }) => `${kind} ${type}`)).toEqual([
    'run created',
    'job claimed',
    'job claimed',
  ]);
});

test('a claim with one lost member is taken back whole', () => {
  const { queue, runs, journal } = openQueue();
  const jobs = queued(queue, {}, {});
  queue.cancel([jobs[1]?.id ?? '']);
  const before = journal.seq;
  expect(queue.claim({ ...slot, jobs })).toBeUndefined();
  expect(queue.get(jobs[0]?.id ?? '')).toEqual(jobs[0]);
  expect(runs.list()).toEqual([]);
  expect(runs.attempts(jobs[0]?.id ?? '')).toEqual([]);
  expect(journal.seq).toBe(before);
});

test('an attempt is told when its job starts and how it ends', () => {
  const { queue, runs, clock } = openQueue();
  const job = move(queue, claimed(queue), { event: 'staged' }, { event: 'started' });
  clock.advance(5000);
  move(queue, job, { event: 'failed', patch: { error } });
  expect(runs.attempts(job.id)).toMatchObject([
    {
      ...{ number: 1, outcome: 'failed', error: error.message },
      ...{ startedAt: '2026-01-01T00:00:00.000Z', endedAt: '2026-01-01T00:00:05.000Z' },
    },
  ]);
});

test('a member that was never reached goes back without an attempt counted', () => {
  const { queue, runs } = openQueue();
  const first = claimed(queue);
  const back = move(queue, first, { event: 'staged' }, { event: 'requeued', patch: { reason: 'Its run died.' } });
  expect(back).toMatchObject({ state: 'queued', attempt: 0, reason: 'Its run died.' });
  const second = claimed(queue, [back]);
  expect(second.attempt).toBe(1);
  runs.patchAttempt(second.id, 1, { logFrom: 12 });
  expect(runs.attempts(second.id)).toMatchObject([
    { number: 1, run: first.run, outcome: 'unreached', logFrom: null },
    { number: 1, run: second.run, outcome: null, logFrom: 12 },
  ]);
});

test('a failure that is tried again counts', () => {
  const { queue, runs } = openQueue();
  const back = move(queue, claimed(queue), { event: 'requeued', patch: { error } });
  expect(claimed(queue, [back]).attempt).toBe(2);
  expect(runs.attempts(back.id)).toMatchObject([{ number: 1, outcome: 'failed', error: error.message }, { number: 2 }]);
});

test('a retry that is cancelled while it is prepared leaves the old attempt alone', () => {
  const { queue, runs } = openQueue();
  const failed = move(queue, claimed(queue), { event: 'failed', patch: { error } });
  move(queue, failed, { event: 'retried' }, { event: 'stop' }, { event: 'stopped' });
  expect(runs.attempts(failed.id)).toMatchObject([{ outcome: 'failed' }]);
});
