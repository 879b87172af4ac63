import { expect, test } from 'vitest';
import type { Queue } from '../../../daemon/queue/queue.js';
import { claimed, move, openQueue, queued } from '../../support/queue.js';

/** Names in running order. */
const order = (queue: Queue) =>
  queue
    .candidates(['preview'], 100)
    .map((job) => job.name)
    .join(' ');

/** Jobs named a, b, c...; gives their ids by name. */
function named(queue: Queue, names: string, priority = 0): Record<string, string> {
  const jobs = queued(queue, ...names.split('').map((name) => ({ name, priority })));
  return Object.fromEntries(jobs.map((job) => [job.name, job.id]));
}

test('first come, first served, and higher priority before that', () => {
  const { queue } = openQueue();
  const { b = '' } = named(queue, 'abc');
  named(queue, 'x', 1);
  expect(order(queue)).toBe('x a b c');
  queue.setPriority([b], 2);
  expect(order(queue)).toBe('b x a c');
});

test('run next is truly next, also before higher priorities, and the last to ask wins', () => {
  const { queue } = openQueue();
  const { b = '', c = '' } = named(queue, 'abc');
  named(queue, 'xy', 5);
  queue.moveBefore(b, null);
  expect(order(queue)).toBe('b x y a c');
  queue.moveBefore(c, null);
  expect(order(queue)).toBe('c b x y a');
});

test('moving before another takes its priority', () => {
  const { queue } = openQueue();
  const { c = '' } = named(queue, 'abc');
  const { y = '' } = named(queue, 'xy', 5);
  queue.moveBefore(c, y);
  expect(order(queue)).toBe('x c y a b');
  expect(queue.moveBefore(c, c)).toMatchObject({ priority: 5 });
  expect(order(queue)).toBe('x c y a b');
});

test('there is always room before another job', () => {
  const { queue, journal } = openQueue();
  const { a = '', b = '', c = '' } = named(queue, 'abcd');
  // Halving the same gap again and again uses up what a number can tell apart.
  for (let round = 0; round < 200; round++) {
    queue.moveBefore(round % 2 === 0 ? a : b, c);
    expect(order(queue)).toBe(round % 2 === 0 ? 'b a c d' : 'a b c d');
  }
  const positions = new Map(queue.list().map((job) => [job.id, job.position]));
  const told = new Map(
    journal.since(0).flatMap((event) => (event.kind === 'job' ? [[event.id, event.data.position]] : [])),
  );
  expect(told).toEqual(positions); // who only listens knows the same order
});

test('a job that no longer waits has no place, and a new one goes last', () => {
  const { queue } = openQueue();
  const { a = '', b = '' } = named(queue, 'ab');
  queue.moveBefore(b, null);
  const running = claimed(queue);
  expect(() => queue.moveBefore(running.id, null)).toThrow('only a job that still waits');
  expect(() => queue.moveBefore(a, running.id)).toThrow('only a job that still waits');
  expect(() => queue.setPriority([a, running.id], 3)).toThrow('only a job that still waits');
  expect(queue.get(a)?.priority).toBe(0);
  named(queue, 'z');
  expect(order(queue)).toBe('b a z');
});

test('a new order does not void a step that is under way', () => {
  const { queue } = openQueue();
  const [job] = queued(queue);
  if (job === undefined) throw new Error('no job');
  queue.moveBefore(job.id, null);
  move(queue, job, { event: 'claimed' });
});
