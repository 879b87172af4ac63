import { expect, test } from 'vitest';
import { ClipStore } from '../../../daemon/queue/clips.js';
import { HashCache } from '../../../daemon/queue/hashes.js';
import { WatchStore } from '../../../daemon/queue/watches.js';
import type { JobSource } from '../../../schemas/index.js';
import { clip, draft, result, watch } from '../../support/jobs.js';
import { claimed, openQueue } from '../../support/queue.js';

/** "kind type" of the events after `seq`. */
function told({ journal }: ReturnType<typeof openQueue>, seq = 0): string[] {
  return journal.since(seq).map(({ kind, type }) => `${kind} ${type}`);
}

test('clips: known, changed, forgotten, each told', () => {
  const store = openQueue();
  const clips = new ClipStore(store.db, store.journal);
  clips.put(clip({ state: 'settling' }), 'settling');
  clips.put(clip({ id: 'clip-2' }), 'ready');
  clips.put(clip(), 'ready');
  expect(clips.get('clip-1')).toEqual(clip());
  expect(clips.list().map(({ id }) => id)).toEqual(['clip-1', 'clip-2']);
  clips.remove('clip-2');
  clips.remove('clip-2');
  expect(clips.get('clip-2')).toBeUndefined();
  expect(told(store)).toEqual(['clip settling', 'clip ready', 'clip ready', 'clip removed']);
  expect(store.journal.since(3)).toMatchObject([{ id: 'clip-2', data: null }]);
});

test('watches: by path', () => {
  const store = openQueue();
  const watches = new WatchStore(store.db, store.journal);
  watches.put(watch, 'added');
  watches.put({ ...watch, state: 'offline' }, 'offline');
  expect(watches.list()).toEqual([{ ...watch, state: 'offline' }]);
  expect(watches.get('/shots')?.state).toBe('offline');
  watches.remove('/shots');
  expect(watches.get('/shots')).toBeUndefined();
  expect(told(store)).toEqual(['watch added', 'watch offline', 'watch removed']);
});

test('results: marked by a person, replaced by a later attempt', () => {
  const store = openQueue();
  const [job] = store.queue.submit([draft()]);
  const id = job?.id ?? '';
  store.results.put(result(id));
  expect(store.results.mark(id, 'star')).toMatchObject({ mark: 'star' });
  expect(store.results.get(id)?.mark).toBe('star');
  expect(store.results.mark(id, null)).toMatchObject({ mark: null });
  store.results.put(result(id, { video: '/shots/street/street_preview_2.mp4' }));
  expect(store.results.list()).toEqual([result(id, { video: '/shots/street/street_preview_2.mp4' })]);
  expect(store.results.list({ clip: 'clip-2' })).toEqual([]);
  expect(told(store, 1)).toEqual(['result created', 'result marked', 'result marked', 'result created']);
  expect(() => store.results.mark('job-none', 'star')).toThrow('has no result');
});

test('results: a new revision of the clip makes those of others stale, once', () => {
  const store = openQueue();
  const source = (revision: number, of = 'clip-1'): JobSource => ({ kind: 'clip', clip: of, revision });
  const spec: JobSource = { kind: 'spec', spec: '/shots/street.json' };
  const jobs = store.queue.submit([
    ...[draft({ source: source(1) }), draft({ source: source(2) })],
    ...[draft({ clip: null, source: spec }), draft({ clip: 'clip-2', source: source(1, 'clip-2') })],
  ]);
  for (const job of jobs) store.results.put(result(job.id, { clip: job.clip }));
  const before = store.journal.seq;
  expect(store.results.markStale('clip-1', 2).map((stale) => stale.job)).toEqual([jobs[0]?.id]);
  expect(store.results.markStale('clip-1', 2)).toEqual([]);
  expect(store.results.list().map((each) => each.stale)).toEqual([true, false, false, false]);
  expect(told(store, before)).toEqual(['result stale']);
});

test('results: the newest, and what is older than one of them', () => {
  const store = openQueue();
  const ids = store.queue.submit([draft(), draft(), draft()]).map(({ id }) => id);
  for (const id of ids) store.results.put(result(id));
  store.results.mark(ids[0] ?? '', 'star'); // makes it no newer
  const jobs = (...filter: Parameters<typeof store.results.list>) =>
    store.results.list(...filter).map(({ job }) => job);
  expect(jobs({ limit: 2 })).toEqual(ids.slice(1));
  expect(jobs({ before: ids[1] ?? '' })).toEqual(ids.slice(0, 1));
  expect(jobs({ before: ids[2] ?? '', limit: 1 })).toEqual([ids[1]]);
  expect(store.results.count()).toBe(3);
});

test('runs: started and ended once, newest last', () => {
  const store = openQueue();
  const first = claimed(store.queue).run ?? '';
  const second = claimed(store.queue).run ?? '';
  store.clock.advance(1000);
  expect(store.runs.started(first)).toMatchObject({ startedAt: '2026-01-01T00:00:01.000Z', state: 'open' });
  const before = store.journal.seq;
  expect(store.runs.ended(first, 0)).toMatchObject({
    state: 'ended',
    exitCode: 0,
    endedAt: '2026-01-01T00:00:01.000Z',
  });
  store.clock.advance(1000);
  expect(store.runs.started(first)).toMatchObject({ startedAt: '2026-01-01T00:00:01.000Z' });
  expect(store.runs.ended(first, 137)).toMatchObject({ exitCode: 0, endedAt: '2026-01-01T00:00:01.000Z' });
  expect(told(store, before)).toEqual(['run ended']);
  expect(store.runs.ended(second, null)).toMatchObject({ state: 'ended', exitCode: null });
  expect(store.runs.open()).toEqual([]);
  expect(store.runs.list().map(({ id }) => id)).toEqual([first, second]);
  expect(store.runs.list(1).map(({ id }) => id)).toEqual([second]);
  expect(() => store.runs.ended('run-none', 0)).toThrow('There is no run run-none');
  expect(() => store.runs.patchAttempt('job-none', 1, {})).toThrow('has no attempt 1');
});

test('hashes: of exactly this file', () => {
  const { db } = openQueue();
  const hashes = new HashCache(db);
  const file = { path: '/shots/depth.0001.png', size: 10, mtimeMs: 1234.5678 };
  expect(hashes.get(file)).toBeUndefined();
  hashes.put(file, 'a');
  expect(hashes.get(file)).toBe('a');
  expect(hashes.get({ ...file, size: 11 })).toBeUndefined();
  expect(hashes.get({ ...file, mtimeMs: 1234.5679 })).toBeUndefined();
  hashes.put({ ...file, size: 11 }, 'b');
  expect(hashes.get({ ...file, size: 11 })).toBe('b');
  expect(db.pragma('synchronous', { simple: true })).toBe(2); // jobs wait for the disk again
});
