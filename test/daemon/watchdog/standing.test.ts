import { expect, test } from 'vitest';
import { Standing } from '../../../daemon/watchdog/standing.js';

/** What was seen last of looks at these times (ms), while the beat was each time as given. */
function seen(looks: readonly (readonly [at: number, beat: number])[]): number {
  const standing = new Standing();
  return looks.reduce((_, [at, beat]) => standing.look(beat, at), -1);
}

test('a loop that turns does not stand', () => {
  expect(
    seen([
      [0, 0],
      [250, 1],
      [500, 2],
      [750, 3],
    ]),
  ).toBe(0);
});

test('a loop without a beat stands, until it beats again', () => {
  const still = [
    [0, 7],
    [250, 7],
    [500, 7],
    [750, 7],
  ] as const;
  expect(seen(still)).toBe(750);
  expect(seen([...still, [1000, 8]])).toBe(0);
});

test('time in which the watchdog did not run either is no standstill: sleep, SIGSTOP, no free processor', () => {
  expect(
    seen([
      [0, 7],
      [250, 7],
      [3_600_250, 7],
      [3_600_500, 7],
    ]),
  ).toBe(500);
  expect(
    seen([
      [0, 7],
      [1001, 7],
      [2002, 7],
      [3003, 7],
      [4004, 7],
    ]),
  ).toBe(0);
});

test('what it had stood before it was stopped counts on', () => {
  expect(
    seen([
      [0, 7],
      [500, 7],
      [60_500, 7],
      [61_000, 7],
    ]),
  ).toBe(1000);
});
