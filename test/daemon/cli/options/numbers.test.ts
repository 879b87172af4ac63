import { expect, test } from 'vitest';
import { amount, countingNumber, moment, seed, wholeNumber } from '../../../../daemon/cli/options/numbers.js';

const NOON = Date.UTC(2026, 0, 8, 12);

test('whole numbers, seeds and amounts', () => {
  expect(wholeNumber('-3')).toBe(-3);
  expect(seed('0')).toBe(0);
  expect(countingNumber('1')).toBe(1);
  expect(amount('2.5')).toBe(2.5);
});

test('what is no number of that kind is refused', () => {
  for (const text of ['', '1.5', '1e3', 'x']) expect(() => wholeNumber(text)).toThrow('whole number');
  expect(() => seed('-1')).toThrow();
  expect(() => countingNumber('0')).toThrow();
  for (const text of ['', '-1', 'Infinity', 'x']) expect(() => amount(text)).toThrow();
});

test('a moment is a span before now or a date', () => {
  expect(moment('7d', NOON)).toBe('2026-01-01T12:00:00.000Z');
  expect(moment('90m', NOON)).toBe('2026-01-08T10:30:00.000Z');
  expect(moment('2025-12-24', NOON)).toBe('2025-12-24T00:00:00.000Z');
  expect(() => moment('yesterday', NOON)).toThrow('12h, 7d');
});
