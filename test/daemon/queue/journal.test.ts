import { expect, test } from 'vitest';
import { closeDatabase } from '../../../daemon/queue/db.js';
import type { Event } from '../../../schemas/index.js';
import { draft } from '../../support/jobs.js';
import { openQueue, queued } from '../../support/queue.js';

const status = { paused: true, reason: '' };
const sequence = (events: Event[]) => events.map((event) => event.seq);

test('sequence numbers have no gap, also after a transaction that was rolled back', () => {
  const { journal } = openQueue();
  const append = (type: string) => journal.append('queue', type, 'queue', status);
  journal.transaction(() => append('one'));
  expect(() =>
    journal.transaction(() => {
      append('lost');
      append('lost too');
      throw new Error('changed my mind');
    }),
  ).toThrow('changed my mind');
  expect(journal.seq).toBe(1);
  journal.transaction(() => append('two'));
  expect(journal.since(0).map(({ seq, type }) => [seq, type])).toEqual([
    [1, 'one'],
    [2, 'two'],
  ]);
});

test('a rolled-back part gives its numbers back within the whole', () => {
  const { journal } = openQueue();
  const heard: Event[] = [];
  journal.onEvent((event) => heard.push(event));
  journal.transaction(() => {
    journal.append('queue', 'outer', 'queue', status);
    try {
      journal.transaction(() => {
        journal.append('queue', 'inner', 'queue', status);
        throw new Error('inner');
      });
    } catch {
      // the outer transaction goes on without it
    }
    expect(heard).toEqual([]); // nothing is told before the commit
    journal.append('queue', 'outer again', 'queue', status);
  });
  expect(heard.map(({ seq, type }) => [seq, type])).toEqual([
    [1, 'outer'],
    [2, 'outer again'],
  ]);
  expect(journal.since(0)).toEqual(heard);
});

test('a listener that changes something does not disturb the order for the others', () => {
  const { queue, journal } = openQueue();
  journal.onEvent((event) => {
    if (event.type === 'created') queue.pause('too many');
  });
  const heard: Event[] = [];
  const stop = journal.onEvent((event) => heard.push(event));
  queue.submit([draft(), draft()]);
  expect(sequence(heard)).toEqual([1, 2, 3, 4]);
  expect(journal.since(0)).toEqual(heard);
  stop();
  queue.resume();
  expect(heard).toHaveLength(4);
});

test('events carry the whole thing as it was, and the moment', () => {
  const { queue, journal, clock } = openQueue();
  clock.advance(1000);
  const [job] = queued(queue);
  const [created, moved] = journal.since(0);
  expect(created).toMatchObject({ kind: 'job', type: 'created', id: job?.id, data: { state: 'preparing' } });
  expect(moved).toEqual({
    seq: 2,
    at: '2026-01-01T00:00:01.000Z',
    kind: 'job',
    type: 'prepared',
    id: job?.id,
    data: job,
  });
});

test('since gives what follows, at most so much', () => {
  const { queue, journal } = openQueue();
  queue.submit([draft(), draft(), draft()]);
  expect(sequence(journal.since(1))).toEqual([2, 3]);
  expect(sequence(journal.since(0, 2))).toEqual([1, 2]);
  expect(journal.since(3)).toEqual([]);
});

test('pruning cuts from the front and never loses the count', () => {
  const { file, db, queue, journal, clock } = openQueue();
  expect(journal.oldest()).toBe(1);
  queue.submit([draft(), draft()]);
  clock.advance(60_000);
  queue.submit([draft()]);
  journal.prune('2026-01-01T00:00:30.000Z');
  expect(journal.oldest()).toBe(3);
  clock.advance(60_000);
  journal.prune('2027-01-01T00:00:00.000Z');
  closeDatabase(db);

  const again = openQueue(file);
  expect(again.journal.seq).toBe(3);
  again.queue.submit([draft()]);
  expect(again.journal.seq).toBe(4);
});

test('nothing is written outside a transaction, and no promise fits into one', () => {
  const { journal } = openQueue();
  expect(() => journal.append('queue', 'paused', 'queue', status)).toThrow('outside a transaction');
  expect(() => journal.transaction(async () => {})).toThrow('promise');
  expect(journal.seq).toBe(0);
});
