import { expect, test } from 'vitest';
import { Debounce } from '../../../daemon/watch/debounce.js';
import { ManualClock } from '../../support/clock.js';

function setup() {
  const clock = new ManualClock();
  const runs: number[] = [];
  const start = clock.monotonic();
  return { clock, runs, debounce: new Debounce(clock, 20, 250, () => runs.push(clock.monotonic() - start)) };
}

test('one call after the last event', () => {
  const { clock, runs, debounce } = setup();
  debounce.poke();
  clock.advance(15);
  debounce.poke();
  clock.advance(100);
  expect(runs).toEqual([35]);
});

test('not later than the limit while events pour in', () => {
  const { clock, runs, debounce } = setup();
  for (let event = 0; event < 60; event++) {
    debounce.poke();
    clock.advance(10);
  }
  expect(runs).toEqual([250, 500]);
});

test('an urgent event runs at once and is not put off', () => {
  const { clock, runs, debounce } = setup();
  debounce.poke();
  clock.advance(5);
  debounce.poke(true);
  debounce.poke();
  clock.advance(0);
  expect(runs).toEqual([5]);
});

test('cancelled pokes are forgotten', () => {
  const { clock, runs, debounce } = setup();
  debounce.poke(true);
  debounce.cancel();
  clock.advance(1000);
  expect(runs).toEqual([]);
});
