/** What an earlier, longer render left behind a newer one; and what only looks like it. */
import { expect, test } from 'vitest';
import { leftoverWarnings } from '../../../daemon/watch/leftover.js';
import type { ListedFile } from '../../../daemon/watch/listing.js';
import { makeShape, type PassFiles } from '../../../daemon/watch/shape.js';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const NOW = 1_700_000_000_000;

function pass(name: 'color' | 'depth', times: readonly number[]): PassFiles {
  const frames = times.map((mtimeMs, i): [number, ListedFile] => {
    return [i + 1, { name: `${name}.${i + 1}.png`, size: 1, mtimeMs, problem: null }];
  });
  return { pass: name, source: { pattern: `${name}.#.png` }, padding: 2, frames: new Map(frames), movie: null };
}

/** Times of `count` frames, one each `pause` milliseconds from `start`. */
const written = (count: number, start: number, pause: number) =>
  Array.from({ length: count }, (_, i) => start + i * pause);

const warnings = (...times: number[]) => leftoverWarnings(makeShape([pass('color', times)]));

test('a tail that is days older', () => {
  const times = [...written(8, NOW, MINUTE), ...written(8, NOW - 3 * DAY, MINUTE)];
  expect(warnings(...times)).toEqual(['color: 09-16 are 3 days older than 01-08; delete what an earlier render left']);
  const both = leftoverWarnings(makeShape([pass('color', times), pass('depth', times)]));
  expect(both).toEqual(['color and depth: 09-16 are 3 days older than 01-08; delete what an earlier render left']);
});

test('a head that is days older, and one frame', () => {
  const times = [...written(3, NOW - 2 * DAY, MINUTE), ...written(5, NOW, MINUTE)];
  expect(warnings(...times)).toEqual(['color: 01-03 are 2 days older than 04-08; delete what an earlier render left']);
  const [sentence] = warnings(...written(4, NOW, MINUTE), NOW - 5 * HOUR);
  expect(sentence).toBe('color: 05 is 5 hours older than 01-04; delete what an earlier render left');
});

test.each<[string, number[]]>([
  ['all at the same time: a copy', written(16, NOW, 0)],
  ['a slow render', written(12, NOW, 9 * HOUR)],
  ['a slow render with uneven frames', [0, 7, 20, 26, 60, 71, 80, 99].map((hours) => NOW + hours * HOUR)],
  ['a slow render that began at the end', written(12, NOW, -3 * HOUR)],
  ['a render that was resumed after a night', [...written(8, NOW, MINUTE), ...written(8, NOW + 14 * HOUR, MINUTE)]],
  ['frames of a farm, in no order', [5, 2, 9, 1, 30, 4, 18, 3, 22].map((minutes) => NOW + minutes * MINUTE)],
  ['a patch in the middle', [...written(5, NOW, 1), ...written(5, NOW + 3 * DAY, 1), ...written(5, NOW, 1)]],
  ['a single frame', [NOW]],
  ['nothing', []],
])('%s is no left-over', (_, times) => {
  expect(warnings(...times)).toEqual([]);
});
