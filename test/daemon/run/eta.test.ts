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

test('what a log said before anybody listened is no speed, however quickly it is read', () => {
  const eta = new Eta();
  for (let step = 0; step <= 50; step++) expect(eta.unseen(step / 100)).toBeNull();
  // The rest of what was waiting comes at once; then one step a second.
  expect(eta.update(0.51, 1000)).toBeNull();
  expect(eta.update(0.6, 1050)).toBeNull();
  expect(eta.update(0.61, 2050)).toBe(39);
});

test('after the line was cut the known speed goes on, and the work done meanwhile is none', () => {
  const eta = new Eta();
  for (let second = 0; second <= 10; second++) eta.update(second / 100, second * 1000);
  expect(eta.unseen(0.5)).toBeCloseTo(50, 0);
  eta.update(0.5, 11_000);
  expect(eta.update(0.51, 12_000)).toBeCloseTo(49, 0);
});

test('an hour in which the computer slept says nothing, whether its clock counted it or not', () => {
  for (const slept of [0, 3_600_000]) {
    const eta = new Eta();
    for (let second = 0; second <= 10; second++) eta.update(second / 100, second * 1000);
    eta.unseen(0.9);
    eta.update(0.9, 10_500 + slept);
    expect(eta.update(0.91, 11_500 + slept)).toBeCloseTo(9, 0);
  }
  const eta = new Eta();
  for (let second = 0; second <= 10; second++) eta.update(second / 100, second * 1000);
  expect(eta.update(0.11, 3_611_000)).toBeCloseTo(89, 0);
});
