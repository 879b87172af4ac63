import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PacedWriter } from '../../../extension/src/logs/paced-writer.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a line is handed on at once', () => {
  const out = vi.fn();
  new PacedWriter(out).write('a\n');
  expect(out).toHaveBeenCalledWith('a\n');
});

test('a flood is handed on in order, no faster than can be drawn, and says when it is full', async () => {
  const written: string[] = [];
  const writer = new PacedWriter((text) => written.push(text));
  const pieces = Array.from({ length: 100 }, (_, index) => `${index} `.padEnd(20_000, 'x'));
  for (const piece of pieces) writer.write(piece);
  expect(writer.full).toBe(true);
  expect(written.join('').length).toBeLessThan(100_000);
  const room = vi.fn();
  void writer.room().then(room);
  await vi.advanceTimersByTimeAsync(100);
  expect(room).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2000);
  expect(room).toHaveBeenCalled();
  expect(written.join('')).toBe(pieces.join(''));
});

test('closing drops what waits and keeps nobody waiting', async () => {
  const out = vi.fn();
  const writer = new PacedWriter(out);
  for (let turn = 0; turn < 20; turn++) writer.write('x'.repeat(100_000));
  const calls = out.mock.calls.length;
  const room = writer.room();
  writer.close();
  await room;
  await vi.advanceTimersByTimeAsync(1000);
  expect(out).toHaveBeenCalledTimes(calls);
});
