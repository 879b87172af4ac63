import { expect, test } from 'vitest';
import { Rng } from '../../../../daemon/demo/scene/rng.js';

const draws = (rng: Rng) => Array.from({ length: 20 }, () => rng.next());

test('the same seed draws the same numbers, another seed others', () => {
  expect(draws(new Rng(7))).toEqual(draws(new Rng(7)));
  expect(draws(new Rng(7))).not.toEqual(draws(new Rng(8)));
});

test('numbers stay in their range and reach both ends', () => {
  const rng = new Rng(1);
  const dice = Array.from({ length: 500 }, () => rng.int(1, 6));
  expect(new Set(dice)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  expect(draws(rng).every((value) => value >= 0 && value < 1)).toBe(true);
});

test('a fork depends on its label and leaves its parent alone', () => {
  const parent = new Rng(3);
  const untouched = new Rng(3);
  expect(draws(parent.fork('street'))).not.toEqual(draws(parent.fork('roof')));
  expect(draws(parent)).toEqual(draws(untouched));
});
