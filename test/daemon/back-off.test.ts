import { expect, test } from 'vitest';
import { type BackOff, FULL_DISK, isSpent, pauseAfter } from '../../daemon/back-off.js';

test.each<[string, BackOff, number[]]>([
  ['doubles', { firstMs: 10 }, [10, 20, 40, 80, 160]],
  ['up to the longest pause', { firstMs: 10, longestMs: 50 }, [10, 20, 40, 50, 50]],
  ['steady', FULL_DISK, [5000, 5000, 5000, 5000, 5000]],
])('a pause %s', (_, rule, pauses) => {
  expect(pauses.map((_, index) => pauseAfter(index + 1, rule))).toEqual(pauses);
});

test('a pause stays within its limit after any number of failures', () => {
  expect(pauseAfter(5000, { firstMs: 10, longestMs: 50 })).toBe(50); // 2 ** 4999 is no finite number
});

test('tries end after the most failures, or never', () => {
  expect([1, 2, 3, 4].map((failures) => isSpent(failures, { firstMs: 1, most: 3 }))).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(isSpent(1e9, { firstMs: 1 })).toBe(false);
});
