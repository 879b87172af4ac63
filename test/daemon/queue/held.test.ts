import { expect, test } from 'vitest';
import type { JobError, JobState } from '../../../schemas/index.js';
import { draft } from '../../support/jobs.js';
import { claimed, move, openQueue, queued } from '../../support/queue.js';

function died(step: JobState): JobError {
  return { code: 'daemon_died', class: 'host', message: 'The daemon died of it.', data: { step, deaths: 2 } };
}

/** A job that was held in the middle of its run. */
function heldInRun() {
  const all = openQueue();
  const staged = move(all.queue, claimed(all.queue), { event: 'staged' });
  const job = move(all.queue, staged, { event: 'held', patch: { reason: 'Why.', error: died('staged') } });
  return { ...all, job, run: job.run ?? '' };
}

test('held while it was prepared, a release prepares it anew', () => {
  const { queue } = openQueue();
  const [submitted] = queue.submit([draft()]);
  const job = move(queue, submitted ?? expect.fail(), { event: 'held', patch: { error: died('preparing') } });
  expect(queue.release([job.id])).toMatchObject([{ state: 'preparing', error: null }]);
});

test('held while it waited, a release lets it wait again', () => {
  const { queue } = openQueue();
  const [job] = queued(queue).map((each) => move(queue, each, { event: 'held', patch: { error: died('staging') } }));
  expect(queue.release([job?.id ?? ''])).toMatchObject([{ state: 'queued', error: null }]);
});

test('held in its run, a release goes back to that run, and no second one begins', () => {
  const { queue, runs, job, run } = heldInRun();
  expect(queue.release([job.id])).toMatchObject([{ state: 'staged', run, attempt: 1, stopReason: null }]);
  expect(runs.attempts(job.id)).toHaveLength(1);
});

test('held in a run that ended meanwhile, it is looked for there; in one that vanished, it queues again', () => {
  const over = heldInRun();
  over.runs.ended(over.run, 0);
  expect(over.queue.release([over.job.id])).toMatchObject([{ state: 'staged' }]);
  const gone = heldInRun();
  gone.runs.ended(gone.run, null);
  expect(gone.queue.release([gone.job.id])).toMatchObject([{ state: 'queued' }]);
  expect(gone.runs.attempts(gone.job.id)).toMatchObject([{ outcome: 'unreached' }]);
});

test('held in its run, a cancel stops the run first; held without one, it is cancelled at once', () => {
  const { queue, job } = heldInRun();
  expect(queue.cancel([job.id])).toMatchObject([{ state: 'stopping', stopReason: 'cancel', error: null }]);
  const [waiting] = queued(queue).map((each) => move(queue, each, { event: 'held' }));
  expect(queue.cancel([waiting?.id ?? ''])).toMatchObject([{ state: 'cancelled' }]);
});

test('held in its run, it cannot be changed: the run would stay on its host', () => {
  const { queue, job } = heldInRun();
  expect(queue.isInRun(job)).toBe(true);
  expect(() => queue.edit(job, job.settings)).toThrow(
    expect.objectContaining({ code: 'wrong_state', message: expect.stringContaining('release it, or cancel it') }),
  );
  expect(queue.need(job.id)).toEqual(job);
});

test('a run of an earlier attempt is not its run', () => {
  const { queue } = openQueue();
  const failed = move(queue, claimed(queue), { event: 'failed' });
  const [again] = queue.retry([failed.id]);
  const job = move(queue, again ?? expect.fail(), { event: 'prepared' }, { event: 'held' });
  expect(queue.isInRun(job)).toBe(false);
  expect(queue.release([job.id])).toMatchObject([{ state: 'queued' }]);
});
