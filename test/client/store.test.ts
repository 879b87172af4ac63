import { expect, test } from 'vitest';
import { History } from '../../client/history.js';
import { type Change, Store } from '../../client/store.js';
import type { Event, Job, MethodName, Params, ResultOf, Snapshot } from '../../schemas/index.js';
import { clip, job, result, watch } from '../support/jobs.js';

const AT = '2026-01-01T00:00:00.000Z';

function snapshot(change: Partial<Snapshot> = {}): Snapshot {
  const empty = { watches: [], clips: [], jobs: [], runs: [], results: [], hosts: [] };
  return { ...empty, olderJobs: 0, olderResults: 0, queue: { paused: false, reason: '' }, ...change };
}

function moved(seq: number, data: Job): Event {
  return { seq, at: AT, id: data.id, kind: 'job', type: 'moved', data };
}

function watched(store: Store): Change[] {
  const changes: Change[] = [];
  store.onChange((change) => changes.push(change));
  return changes;
}

test('a snapshot replaces everything that was known', () => {
  const store = new Store();
  store.reset(snapshot({ jobs: [job({ id: 'old' })], clips: [clip()], watches: [watch] }), 3);
  store.setProgress({ job: 'old', stage: 'frame 1/2', fraction: 0.5, eta: null });
  const changes = watched(store);
  store.reset(snapshot({ jobs: [job({ id: 'new' })], queue: { paused: true, reason: 'night' } }), 9);
  expect([...store.jobs.keys()]).toEqual(['new']);
  expect([store.clips.size, store.watches.size, store.progress.size, store.seq]).toEqual([0, 0, 0, 9]);
  expect(store.queue).toEqual({ paused: true, reason: 'night' });
  expect(changes).toEqual([{ kind: 'all' }]);
});

test('an event changes one thing and says which; one that is known already changes nothing', () => {
  const store = new Store();
  store.reset(snapshot({ jobs: [job({ id: 'a' })] }), 5);
  const changes = watched(store);
  store.apply(moved(6, job({ id: 'a', state: 'running' })));
  store.apply(moved(6, job({ id: 'a', state: 'failed' })));
  expect(store.jobs.get('a')?.state).toBe('running');
  expect(changes).toMatchObject([{ kind: 'job', id: 'a' }]);
  store.apply({ seq: 7, at: AT, id: 'clip-1', kind: 'clip', type: 'found', data: clip() });
  store.apply({ seq: 8, at: AT, id: 'clip-1', kind: 'clip', type: 'gone', data: null });
  expect([store.clips.size, store.seq]).toEqual([0, 8]);
});

test('progress belongs to one stretch of a life: a job that moved on begins anew', () => {
  const store = new Store();
  store.reset(snapshot({ jobs: [job({ id: 'a', state: 'running' })] }), 1);
  store.setProgress({ job: 'a', stage: 'frame 5/10', fraction: 0.5, eta: 3 });
  store.apply(moved(2, job({ id: 'a', state: 'running', priority: 3 })));
  expect(store.progress.get('a')?.fraction).toBe(0.5);
  store.apply(moved(3, job({ id: 'a', state: 'collecting' })));
  expect(store.progress.has('a')).toBe(false);
});

/** Answers job.list and result.list from a long past, newest 3 of it at a time. */
class Past {
  readonly jobs = Array.from({ length: 7 }, (_, index) => job({ id: `job-${index}`, state: 'succeeded' }));
  readonly results = this.jobs.map(({ id }) => result(id));

  call = async <M extends MethodName>(method: M, params: Params<M>): Promise<ResultOf<M>> => {
    const { before } = params as Params<'job.list'>;
    const end = this.jobs.findIndex(({ id }) => id === before);
    const [from, to] = [Math.max(0, end - 3), end];
    const answer =
      method === 'job.list' ? { jobs: this.jobs.slice(from, to) } : { results: this.results.slice(from, to) };
    return answer as ResultOf<M>;
  };
}

test('older jobs and results are read page by page, until all are there', async () => {
  const past = new Past();
  const store = new Store();
  store.reset(snapshot({ jobs: past.jobs.slice(5), results: past.results.slice(5), olderJobs: 5, olderResults: 5 }), 1);
  const history = new History(past, store);
  store.apply(moved(2, job({ id: 'job-3', state: 'preparing' }))); // retried before its page was read
  await history.readJobs();
  expect(store.olderJobs).toEqual({ left: 2, before: 'job-2' });
  expect(store.jobs.get('job-3')?.state).toBe('preparing');
  await history.readJobs();
  await history.readJobs();
  expect([...store.jobs.keys()].sort()).toEqual(past.jobs.map(({ id }) => id));
  await Promise.all([history.readResults(), history.readResults()]); // asked twice at once: one page
  expect([store.results.size, store.olderResults.left]).toEqual([5, 2]);
});

test('a page that arrives behind a new snapshot is dropped', async () => {
  const past = new Past();
  const store = new Store();
  store.reset(snapshot({ jobs: past.jobs.slice(5), olderJobs: 5 }), 1);
  const reading = new History(past, store).readJobs();
  store.reset(snapshot({ jobs: past.jobs.slice(6), olderJobs: 6 }), 8);
  await reading;
  expect(store.olderJobs).toEqual({ left: 6, before: 'job-6' });
  expect(store.jobs.size).toBe(1);
});
