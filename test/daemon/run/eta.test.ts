import { expect, test } from 'vitest';
import { Eta } from '../../../daemon/run/eta.js';

test('knows nothing at first, then the time at a steady speed', () => {
  const eta = new Eta();
  expect(eta.update(0, 0)).toBeNull();
  expect(eta.update(0.1, 1000)).toBe(9);
  expect(eta.update(0.5, 5000)).toBe(5);
  expect(eta.update(1, 10_000)).toBe(0);
});

test('what was done before it began to look does not count as speed', () => {
  const eta = new Eta();
  eta.update(0.8, 0);
  expect(eta.update(0.81, 1000)).toBe(19);
});

test('one quick step moves it a little, not wildly', () => {
  const eta = new Eta();
  for (let second = 0; second <= 10; second++) eta.update(second / 100, second * 1000);
  const before = eta.update(0.1, 10_000) ?? 0;
  const after = eta.update(0.13, 11_000) ?? 0; // three times as fast for one second
  expect(before).toBeCloseTo(90, 0);
  expect(after).toBeLessThan(before);
  expect(after).toBeGreaterThan(before / 2);
});

test('a fraction that falls begins anew', () => {
  const eta = new Eta();
  eta.update(0, 0);
  eta.update(0.5, 1000);
  expect(eta.update(0.1, 2000)).toBeNull();
});
