/** Slow renders: what the pace of the frames so far says about when they are all there. */
import { expect, test } from 'vitest';
import { type Growth, grown, quietNeeded } from '../../../daemon/watch/growth.js';
import type { PassFiles } from '../../../daemon/watch/shape.js';

const SETTLE = 5;

function passes(frames: number): PassFiles[] {
  const file = { name: 'color.0001.png', size: 1, mtimeMs: 0, problem: null };
  const numbers = Array.from({ length: frames }, (_, index) => [index + 1, file] as const);
  return [{ pass: 'color', source: { pattern: 'color.####.png' }, padding: 4, frames: new Map(numbers), movie: null }];
}

/** What is known after looks at [seconds, frames]. */
function after(...looks: [number, number][]): Growth | null {
  return looks.reduce<Growth | null>((known, [at, frames]) => grown(known, passes(frames), at * 1000), null);
}

test.each<[string, [number, number][], number]>([
  ['all frames at once', [[0, 48]], SETTLE],
  [
    'frames faster than the settle time',
    [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
    SETTLE,
  ],
  [
    'a frame every two minutes',
    [
      [0, 1],
      [120, 2],
      [240, 3],
    ],
    240,
  ],
  [
    'the longest pause counts',
    [
      [0, 1],
      [40, 2],
      [50, 3],
      [60, 4],
    ],
    80,
  ],
  [
    'some frames were seen together',
    [
      [0, 1],
      [40, 5],
    ],
    20,
  ],
  [
    'a frame that was written again',
    [
      [0, 3],
      [100, 3],
    ],
    SETTLE,
  ],
  [
    'rendered anew from the first frame on',
    [
      [0, 1],
      [120, 2],
      [300, 1],
    ],
    SETTLE,
  ],
  [
    'more frames the next morning',
    [
      [0, 24],
      [40_000, 25],
    ],
    SETTLE,
  ],
])('%s', (_, looks, seconds) => {
  expect(quietNeeded(SETTLE, after(...looks))).toBe(seconds);
});

test('a clip with frames left out evenly has to be quiet for longer: a farm may make the others next', () => {
  expect(quietNeeded(SETTLE, null, 2)).toBe(4 * SETTLE);
  expect(quietNeeded(SETTLE, after([0, 1], [120, 3]), 2)).toBe(120);
  expect(quietNeeded(SETTLE, null, 1)).toBe(SETTLE);
});
