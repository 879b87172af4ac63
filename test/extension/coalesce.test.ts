import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Coalescer } from '../../extension/src/coalesce.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a burst is told once, without repeats', () => {
  const told: string[][] = [];
  const coalescer = new Coalescer<string>((gathered) => told.push([...gathered]), { wait: 100, pace: 0 });
  for (let index = 0; index < 1000; index++) coalescer.add(`node ${index % 3}`);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([['node 0', 'node 1', 'node 2']]);
});

test('the first change is told at once, and the next ones together after a while', () => {
  const told: string[][] = [];
  const coalescer = new Coalescer<string>((gathered) => told.push([...gathered]), { wait: 0, pace: 100 });
  coalescer.add('first');
  vi.advanceTimersByTime(1);
  coalescer.add('second');
  vi.advanceTimersByTime(50);
  coalescer.add('third');
  expect(told).toEqual([['first']]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([['first'], ['second', 'third']]);
});

test('a stream that never pauses is told all the same', () => {
  let told = 0;
  const coalescer = new Coalescer<string>(() => told++, { wait: 100, pace: 0 });
  for (let time = 0; time < 1000; time += 50) {
    coalescer.add('progress');
    vi.advanceTimersByTime(50);
  }
  expect(told).toBe(10);
});

test('nothing is told to what is gone', () => {
  let told = 0;
  const coalescer = new Coalescer<string>(() => told++, { wait: 100, pace: 0 });
  coalescer.add('late');
  coalescer.dispose();
  vi.advanceTimersByTime(1000);
  expect(told).toBe(0);
});

test('what is gathered can be told at once, and is not told again', () => {
  const told: string[][] = [];
  const coalescer = new Coalescer<string>((gathered) => told.push([...gathered]));
  coalescer.add('a');
  coalescer.flush();
  coalescer.flush();
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([['a']]);
});
