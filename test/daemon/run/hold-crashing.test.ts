import { expect, test } from 'vitest';
import { silentLogger } from '../../../daemon/log.js';
import { type CrashingStep, holdCrashing } from '../../../daemon/run/hold-crashing.js';
import type { Job } from '../../../schemas/index.js';
import { draft } from '../../support/jobs.js';
import { claimed, move, openQueue, queued, type TestQueue } from '../../support/queue.js';

/** The daemon starts after it died twice at this step of the job; gives the job then, and whose count was forgotten. */
function start({ queue, runs }: TestQueue, { id, state }: Pick<Job, 'id' | 'state'>) {
  const steps: CrashingStep[] = [{ job: id, step: state, deaths: 2, lastDeath: 'it crashed' }];
  const forgotten: string[] = [];
  const work = { crashing: () => steps, forget: (job: string) => void forgotten.push(job) };
  holdCrashing({ queue, runs, work, log: silentLogger });
  return { job: queue.get(id), forgotten };
}

const REACHED = {
  preparing: ({ queue }: TestQueue) => queue.submit([draft()])[0] ?? expect.fail(),
  staged: ({ queue }: TestQueue) => move(queue, claimed(queue), { event: 'staged' }),
  running: ({ queue }: TestQueue) => move(queue, claimed(queue), { event: 'staged' }, { event: 'started' }),
  collecting: ({ queue }: TestQueue) =>
    move(queue, claimed(queue), { event: 'staged' }, { event: 'started' }, { event: 'finished' }),
  stopping: ({ queue }: TestQueue) => move(queue, claimed(queue), { event: 'staged' }, { event: 'stop' }),
};

test.each(Object.entries(REACHED))('%s: it is held where it is, with the reason and both ways on', (state, reach) => {
  const all = openQueue();
  const before = reach(all);
  const { job, forgotten } = start(all, before);
  expect(job).toMatchObject({ state: 'held', run: before.run, error: { code: 'daemon_died', data: { step: state } } });
  expect(job?.reason).toMatch(/^The daemon died twice while it was .* this job; the last time it crashed\. /);
  expect(job?.reason).toContain(`\`cosmos job release ${before.id}\``);
  expect(job?.reason).toContain(`\`cosmos job cancel ${before.id}\``);
  expect(forgotten).toEqual([before.id]);
});

test('staging: it gives its slot back, because nothing was started there', () => {
  const all = openQueue();
  const { job } = start(all, claimed(all.queue));
  expect(job?.state).toBe('held');
  expect(all.runs.open()).toEqual([]);
  expect(all.queue.isInRun(job ?? expect.fail())).toBe(false);
});

test('what a daemon that died in the middle of it has left is held all the same', () => {
  const all = openQueue();
  const [job] = queued(all.queue); // requeued, and not held yet
  expect(start(all, { id: job?.id ?? '', state: 'staging' }).job?.state).toBe('held');
});

test('what a person has decided meanwhile stays, and a job that is not known is no trouble', () => {
  const all = openQueue();
  const cancelled = move(all.queue, queued(all.queue)[0] ?? expect.fail(), { event: 'cancelled' });
  expect(start(all, cancelled)).toEqual({ job: cancelled, forgotten: [cancelled.id] });
  expect(start(all, { id: 'job-unknown', state: 'preparing' }).forgotten).toEqual(['job-unknown']);
});
