import { expect, test } from 'vitest';
import { frameCount, missingFrames, showFrame, showFrames, spanOf } from '../../../daemon/watch/frames.js';

test('frames are shown as they are padded', () => {
  expect(showFrame(12, 4)).toBe('0012');
  expect(showFrame(-3, 4)).toBe('-0003');
  expect(showFrame(12345, 4)).toBe('12345');
  expect(showFrame(7, 1)).toBe('7');
});

test('neighbours are drawn together', () => {
  expect(showFrames([3, 12, 13, 14, 15], 4)).toBe('0003, 0012-0015');
  expect(showFrames([1, 3, 5, 9], 1, 2)).toBe('1-5, 9');
  expect(showFrames([1, 3, 5, 7, 9, 11, 12], 1)).toBe('1, 3, 5, 7, 9 and 2 more');
});

test('missing frames follow the step', () => {
  const there = new Set([1, 3, 7]);
  expect(missingFrames({ first: 1, last: 7, step: 2 }, (frame) => there.has(frame))).toEqual([5]);
  expect(frameCount({ first: -2, last: 7, step: 2 })).toBe(5);
  expect(frameCount({ first: 7, last: 1, step: 1 })).toBe(0);
  expect(spanOf([5, -1, 3])).toEqual({ first: -1, last: 5, step: 1 });
  expect(spanOf([])).toBeNull();
});
