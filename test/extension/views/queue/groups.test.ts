import { expect, test } from 'vitest';
import { QueueGroups } from '../../../../extension/src/views/queue/groups.js';
import type { JobState } from '../../../../schemas/index.js';
import type { Job } from '../../../../schemas/received.js';
import { makeJob } from '../../../support/messages.js';

const none = () => false;

function idsIn(groups: QueueGroups) {
  const ids = (jobs: readonly Job[]) => jobs.map(({ id }) => id);
  return {
    needsYou: ids(groups.first('needsYou', 99)),
    running: ids(groups.first('running', 99)),
    queued: ids(groups.first('queued', 99)),
    done: ids(groups.first('done', 99)),
  };
}

test('every state has its group', () => {
  const states: JobState[] = ['preparing', 'held', 'queued', 'staging', 'staged', 'running', 'collecting', 'stopping'];
  states.push('succeeded', 'failed', 'refused', 'cancelled');
  const groups = new QueueGroups(
    states.map((state) => makeJob({ id: state, state })),
    none,
  );
  expect(idsIn(groups)).toEqual({
    needsYou: ['failed', 'held', 'refused'],
    running: ['collecting', 'running', 'staged', 'staging', 'stopping'],
    queued: ['preparing', 'queued'],
    done: ['cancelled', 'succeeded'],
  });
});

test('waiting jobs stand in running order: priority first, then position', () => {
  const jobs = [
    makeJob({ id: 'late', position: 9 }),
    makeJob({ id: 'early', position: 0.5 }),
    makeJob({ id: 'urgent', position: 20, priority: 5 }),
  ];
  expect(idsIn(new QueueGroups(jobs, none)).queued).toEqual(['urgent', 'early', 'late']);
});

test('what ended last comes first', () => {
  const jobs = ['2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z', '2026-01-01T00:00:00.000Z'].map((endedAt) =>
    makeJob({ id: endedAt.slice(8, 10), state: 'succeeded', endedAt }),
  );
  expect(idsIn(new QueueGroups(jobs, none)).done).toEqual(['03', '02', '01']);
});

test('a job that moves on tells the group it left and the one it came to, and only those', () => {
  const groups = new QueueGroups([makeJob({ id: 'a' }), makeJob({ id: 'b', position: 2 })], none);
  expect(groups.put(makeJob({ id: 'a', state: 'staging' }))).toEqual(new Set(['queued', 'running']));
  expect(groups.put(makeJob({ id: 'a', state: 'running' }))).toEqual(new Set());
  expect(groups.put(makeJob({ id: 'b', position: 2, reason: 'Waits for a free slot.' }))).toEqual(new Set());
  expect(groups.put(makeJob({ id: 'c', position: 3 }))).toEqual(new Set(['queued']));
  expect(groups.put(makeJob({ id: 'c', position: 1 }))).toEqual(new Set(['queued']));
  expect(idsIn(groups)).toEqual({ needsYou: [], running: ['a'], queued: ['c', 'b'], done: [] });
  expect(groups.indexOf('queued', 'b')).toBe(1);
});

test('a failed job that was put away is done', () => {
  const dismissed = new Set<string>();
  const groups = new QueueGroups([makeJob({ state: 'failed' })], ({ id }) => dismissed.has(id));
  dismissed.add('j1');
  expect(groups.put(makeJob({ state: 'failed' }))).toEqual(new Set(['needsYou', 'done']));
  expect(idsIn(groups).done).toEqual(['j1']);
});

test('ten thousand jobs are one page, and one more costs no sorting', () => {
  const at = (index: number) => new Date(index * 1000).toISOString();
  const history = Array.from({ length: 10_000 }, (_, index) =>
    makeJob({ id: `j${index}`, state: 'succeeded', endedAt: at(index) }),
  );
  const groups = new QueueGroups(history, none);
  expect(groups.size('done')).toBe(10_000);
  expect(groups.first('done', 2).map(({ id }) => id)).toEqual(['j9999', 'j9998']);
  groups.put(makeJob({ id: 'new', state: 'succeeded', endedAt: at(5000.5) }));
  expect(groups.indexOf('done', 'new')).toBe(4999);
  expect(groups.indexOf('done', 'j0')).toBe(10_000);
});
