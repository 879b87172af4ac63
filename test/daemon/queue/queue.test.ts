import { expect, test } from 'vitest';
import { closeDatabase } from '../../../daemon/queue/db.js';
import type { Job, Prepared } from '../../../schemas/index.js';
import { draft, prepared } from '../../support/jobs.js';
import { claimed, move, openQueue, queued, slot } from '../../support/queue.js';

test('submit makes jobs that read back as they were written', () => {
  const { queue } = openQueue();
  const [first, second] = queue.submit([draft(), draft({ name: 'other', sweep: 'sweep-1', project: 'film' })]);
  expect(first).toMatchObject({ state: 'preparing', attempt: 0, fence: 0, tags: ['test'], settings: draft().settings });
  expect(first?.id).toMatch(/^job-[2-9a-hjkmnp-z]{8}$/);
  expect(queue.list()).toEqual([first, second]);
  expect(queue.get(second?.id ?? '')).toEqual(second);
  expect(queue.get('job-none')).toBeUndefined();
  expect(() => queue.need('job-none')).toThrow('There is no job job-none');
});

test('submit makes all jobs or none', () => {
  const { queue, journal } = openQueue();
  // A tag list that refers to itself cannot be written as JSON.
  const endless: string[] = [];
  Object.assign(endless, { 0: endless });
  expect(() => queue.submit([draft(), draft({ tags: endless })])).toThrow('circular');
  expect(queue.list()).toEqual([]);
  expect(journal.seq).toBe(0);
});

test('an idempotency key gives the same jobs for ever, also after a restart', () => {
  const { file, db, queue } = openQueue();
  const first = queue.submit([draft(), draft()], 'key-1');
  expect(queue.submit([draft({ name: 'other' })], 'key-1')).toEqual(first);
  expect(queue.submit([draft()], 'key-2')).toHaveLength(1);
  closeDatabase(db);
  const again = openQueue(file);
  expect(again.queue.submit([draft()], 'key-1')).toEqual(first);
  expect(again.queue.list()).toHaveLength(3);
});

test('list filters by state and clip, and keeps the newest', () => {
  const { queue } = openQueue();
  const [a, b] = queued(queue, {}, { clip: 'clip-2' });
  const [c] = queue.submit([draft({ clip: null })]);
  const ids = (...filter: Parameters<typeof queue.list>) => queue.list(...filter).map((job) => job.id);
  expect(ids({ states: ['queued'] })).toEqual([a?.id, b?.id]);
  expect(ids({ clip: 'clip-2' })).toEqual([b?.id]);
  expect(ids({ limit: 2 })).toEqual([b?.id, c?.id]);
  expect(ids({ before: c?.id ?? '', limit: 1 })).toEqual([b?.id]);
  expect(ids({ before: a?.id ?? '' })).toEqual([]);
  expect(ids({ states: ['failed'] })).toEqual([]);
  expect(queue.counts()).toEqual({ preparing: 1, queued: 2 });
});

test('live jobs are those that the daemon has something to do for', () => {
  const { queue } = openQueue();
  const [waits] = queued(queue);
  const [prepares] = queue.submit([draft()]);
  const stages = claimed(queue);
  expect(queue.live().map((job) => job.id)).toEqual([prepares?.id, stages.id]);
  expect(queue.live()).not.toContainEqual(waits);
});

test('a back-off keeps a job away until it is due', () => {
  const { queue, clock } = openQueue();
  const notBefore = '2026-01-01T00:00:10.000Z';
  const job = move(queue, claimed(queue), { event: 'requeued', patch: { notBefore, reason: 'Tried again soon.' } });
  expect(queue.candidates(['preview'], 10)).toEqual([]);
  expect(queue.nextDue()).toBe(notBefore);
  clock.advance(10_000);
  expect(queue.candidates(['preview'], 10)).toEqual([job]);
  expect(queue.nextDue()).toBeUndefined();
});

test('candidates are of the engines asked for', () => {
  const { queue } = openQueue();
  const settings = { ...draft().settings, engine: 'cosmos3' as const };
  const [preview, cosmos] = queued(queue, {}, { engine: 'cosmos3', settings });
  expect(queue.candidates(['cosmos3'], 10)).toEqual([cosmos]);
  expect(queue.candidates(['cosmos3', 'preview'], 10)).toEqual([preview, cosmos]);
  expect(queue.candidates(['cosmos3', 'preview'], 1)).toEqual([preview]);
  expect(queue.candidates(['transfer2.5'], 10)).toEqual([]);
});

test('an edit takes new settings, is prepared anew and says that a hand was on it', () => {
  const { queue, journal } = openQueue();
  const [job] = queued(queue) as [Job];
  const { id } = job;
  queue.setPrepared(id, prepared);
  const before = journal.seq;
  const settings = { ...draft().settings, prompt: 'the same street at night' };
  const edited = queue.edit(job, settings, { project: 'film', priority: 3 });
  expect(edited).toMatchObject({ state: 'preparing', edited: true, settings, project: 'film', priority: 3 });
  expect(queue.get(id)).toEqual(edited);
  expect(queue.prepared(id)).toBeNull();
  expect(journal.since(before).map((event) => event.type)).toEqual(['edited']);
});

test('what has started cannot be edited, and stays as it was', () => {
  const { queue } = openQueue();
  const job = claimed(queue);
  expect(() => queue.edit(job, { ...job.settings, prompt: 'other' }, { priority: 9 })).toThrow(
    'only a job that is held or queued can',
  );
  expect(queue.get(job.id)).toEqual(job);
});

test('an edit of a job that somebody else moved changes nothing', () => {
  const { queue } = openQueue();
  const [job] = queued(queue) as [Job];
  const held = queue.move(job, { event: 'held' });
  expect(queue.edit(job, { ...job.settings, prompt: 'other' }, { priority: 9 })).toBeUndefined();
  expect(queue.get(job.id)).toEqual(held);
});

test('what was prepared is kept beside the job', () => {
  const { queue } = openQueue();
  const [job] = queue.submit([draft()]);
  const id = job?.id ?? '';
  expect(queue.prepared(id)).toBeNull();
  queue.setPrepared(id, prepared);
  expect(queue.prepared(id)).toEqual(prepared);
  queue.setPrepared(id, null);
  expect(queue.prepared(id)).toBeNull();
});

test('cancel: waiting jobs end, live ones are stopped, and saying it twice is harmless', () => {
  const { queue } = openQueue();
  const [waits] = queued(queue);
  const [prepares] = queue.submit([draft()]);
  const stages = claimed(queue);
  const ids = [waits?.id ?? '', prepares?.id ?? '', stages.id];
  expect(queue.cancel(ids)).toMatchObject([
    { state: 'cancelled' },
    { state: 'stopping', stopReason: 'cancel' },
    { state: 'stopping', stopReason: 'cancel' },
  ]);
  expect(queue.cancel(ids.slice(1))).toMatchObject([{ state: 'stopping' }, { state: 'stopping' }]);
});

test('a bulk command changes all jobs or none', () => {
  const { queue, journal } = openQueue();
  const [fine] = queued(queue);
  const [ended] = queued(queue);
  queue.cancel([ended?.id ?? '']);
  const before = journal.seq;
  expect(() => queue.cancel([fine?.id ?? '', ended?.id ?? ''])).toThrow('is cancelled and cannot be stopped');
  expect(() => queue.cancel([fine?.id ?? '', 'job-none'])).toThrow('There is no job');
  expect(queue.get(fine?.id ?? '')).toEqual(fine);
  expect(journal.seq).toBe(before);
});

test('retry and release', () => {
  const { queue } = openQueue();
  const [held] = queue.submit([draft()]).map((job) => move(queue, job, { event: 'held', patch: { reason: 'Look.' } }));
  expect(queue.release([held?.id ?? ''])).toMatchObject([{ state: 'queued', reason: '' }]);
  const failed = move(queue, claimed(queue), {
    event: 'failed',
    patch: { error: { code: 'run_failed', class: 'host', message: 'No.' }, reason: 'No.' },
  });
  expect(queue.retry([failed.id])).toMatchObject([{ state: 'preparing', error: null, attempt: 1 }]);
});

test('who releases a flat pass allows it for good', () => {
  const { queue } = openQueue();
  const flat = {
    ...{ frames: 2, min: [0], max: [0], commonest: [0], share: 1, repeated: 1, blank: 2, read: null },
    notes: [],
  };
  const pass = { ...flat, pass: 'depth', input: 'inputs/depth.mp4', source: 'depth.####.png', finding: 'depth: flat' };
  const hold = (passes: Prepared['passes']) => {
    const [job] = queue.submit([draft()]);
    if (job === undefined) throw new Error('no job');
    queue.setPrepared(job.id, { ...prepared, passes });
    const held = move(queue, job, { event: 'held', patch: { reason: 'Look.' } });
    return queue.release([held.id])[0];
  };
  const released = hold([pass]);
  expect(released).toMatchObject({ state: 'queued', settings: { allowFlat: true } });
  expect(queue.get(released?.id ?? '')?.settings.allowFlat).toBe(true);
  expect(queue.prepared(released?.id ?? '')?.passes).toEqual([pass]); // it waits for a slot as it was prepared
  expect(hold([{ ...pass, finding: null }])?.settings).toEqual(draft().settings);
  expect(hold(undefined)?.settings).toEqual(draft().settings);
});

test('a paused queue stays paused over a restart, with its reason', () => {
  const { file, db, queue, journal } = openQueue();
  expect(queue.status()).toEqual({ paused: false, reason: '' });
  queue.pause('Over budget.');
  closeDatabase(db);
  const again = openQueue(file).queue;
  expect(again.status()).toEqual({ paused: true, reason: 'Over budget.' });
  again.resume();
  expect(again.status()).toEqual({ paused: false, reason: '' });
  expect(journal.seq).toBe(1);
});

test('groups: failures since the last success or resume, members under way, and whether it ever worked', () => {
  const { queue, clock } = openQueue();
  const error = { code: 'run_failed', class: 'host', message: 'No.' } as const;
  const history = () => queue.groups([slot.batchKey]).get(slot.batchKey);
  const fail = () => {
    clock.advance(1000);
    move(queue, claimed(queue), { event: 'failed', patch: { error } });
  };
  expect(history()).toEqual({ succeeded: false, running: 0, failures: [] });
  fail();
  fail();
  expect(history()).toEqual({ succeeded: false, running: 0, failures: ['host', 'host'] });
  queue.resume();
  expect(history()?.failures).toEqual([]);
  fail();
  clock.advance(1000);
  const steps = ['staged', 'started', 'finished', 'collected'] as const;
  move(queue, claimed(queue), ...steps.map((event) => ({ event })));
  expect(history()).toEqual({ succeeded: true, running: 0, failures: [] });
  fail();
  claimed(queue);
  expect(history()).toEqual({ succeeded: true, running: 1, failures: ['host'] });
  expect(queue.groups(['other']).get('other')).toEqual({ succeeded: false, running: 0, failures: [] });
});
