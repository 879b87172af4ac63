import { expect, test } from 'vitest';
import { ago, bar, count, duration, percent } from '../../../../daemon/cli/output/amounts.js';

test('durations have at most two units', () => {
  expect([null, 0, 0.44, 12.3, 200, 7510].map(duration)).toEqual(['-', '0s', '0.4s', '12s', '3m 20s', '2h 5m']);
});

test('moments are told from now', () => {
  const now = Date.UTC(2026, 0, 8);
  const told = [1, 30, 90, 7200, 200_000].map((seconds) => ago(new Date(now - seconds * 1000).toISOString(), now));
  expect(told).toEqual(['just now', '30 s ago', '1 min ago', '2 h ago', '2 d ago']);
  expect(ago(null, now)).toBe('-');
});

test('100% means done', () => {
  expect([null, 0, 0.999, 1].map(percent)).toEqual(['-', '0%', '99%', '100%']);
});

test('a bar keeps its length', () => {
  expect([-1, 0, 0.5, 1, 2].map((fraction) => bar(fraction, 4))).toEqual(['░░░░', '░░░░', '██░░', '████', '████']);
});

test('one is one', () => {
  expect([count(1, 'job'), count(2, 'job')]).toEqual(['1 job', '2 jobs']);
});
