/** How long a clip waits, and what it waits for. */
import { expect, test } from 'vitest';
import { type ClipSnapshot, settle } from '../../../daemon/watch/settle.js';
import { after, blank, file, manifestFile, manifestOf, sequence, whole, without } from '../../support/settling.js';

test('a file that changes begins the quiet anew', () => {
  const look: ClipSnapshot = { ...blank(), files: whole };
  const first = settle(look);
  const grown = settle({ ...look, files: [...whole, file('seg.0001.png')], previous: first.observation, now: 54_000 });
  expect(grown.observation.since).toBe(54_000);
  expect(grown.state).toBe('writing');
});

test('the recheck comes when the answer can change, and not before', () => {
  expect(after(0, whole).recheckAt).toBe(51_000);
  expect(after(2, whole).recheckAt).toBe(55_000);
  expect(after(5, whole).recheckAt).toBeNull();
  expect(after(5, without(whole, 'depth.0012.png')).recheckAt).toBeNull();
});

test('where a person vouches for it, files may be old instead of watched', () => {
  expect(settle({ ...blank(), files: whole, age: 6000 }).state).toBe('ready');
  expect(settle({ ...blank(), files: whole, age: 4000 }).state).toBe('settling');
});

/** Small and seeded, so that a failure can be repeated. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

test.each(Array.from({ length: 50 }, (_, seed) => seed + 1))(
  'order of arrival %d: never ready before the last file, ready after it',
  (seed) => {
    const arriving = shuffled(sequence('color', 1, 8).concat(sequence('depth', 1, 8)), seed);
    const manifest = manifestOf(arriving, { frames: { first: 1, last: 8 } });
    let previous: ClipSnapshot['previous'] = null;
    for (let there = 1; there <= arriving.length; there++) {
      const look = { ...blank(), files: arriving.slice(0, there), manifest, manifestFile, previous };
      const verdict = settle({ ...look, now: 50_000 + there * 100 });
      previous = verdict.observation;
      const quiet = settle({ ...look, previous, now: 90_000 });
      const expected = there === arriving.length ? ['ready', 'ready'] : ['writing', 'incomplete'];
      expect([verdict.state, quiet.state]).toEqual(expected);
    }
  },
);

test('between two frames of a slow render a clip waits for longer than they are apart', () => {
  const look: ClipSnapshot = { ...blank(), files: sequence('color', 1, 1), now: 0 };
  const first = settle(look);
  const second = settle({ ...look, files: sequence('color', 1, 2), previous: first.observation, now: 60_000 });
  const later = (now: number) => settle({ ...look, files: sequence('color', 1, 2), previous: second.observation, now });
  expect(later(120_000)).toMatchObject({ state: 'settling', reason: 'settling: waiting for 120 s of quiet' });
  expect(later(180_000)).toMatchObject({ state: 'ready' });
});
