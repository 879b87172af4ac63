/** Renders on twos, threes and so on: accepted where all passes agree, and told. */
import { expect, test } from 'vitest';
import { stepOf } from '../../../daemon/watch/cadence.js';
import { describeShape } from '../../../daemon/watch/describe.js';
import type { ListedFile } from '../../../daemon/watch/listing.js';
import { after, file, probed } from '../../support/settling.js';

const frames = (pass: string, ...numbers: number[]): ListedFile[] => numbers.map((n) => file(`${pass}.${n}.png`));

test.each<[number[], number | null]>([
  [[], null],
  [[1], null],
  [[1, 3], null],
  [[1, 2, 3], 1],
  [[1001, 1003, 1005], 2],
  [[5, 1, 3], 2],
  [[-4, -2, 0, 2], 2],
  [[1, 4, 7, 10], 3],
  [[1, 2, 4], 1],
  [[1, 3, 7], 2],
  [[1, 5, 11], 1],
  [[10, 20, 40, 50], 10],
  [[1, 50, 99], 1],
])('frames %j have the step %s', (numbers, step) => {
  expect(stepOf(numbers)).toBe(step);
});

/** Quiet for 4 times the settle time of 5 seconds. */
const QUIET = 20;

test('on twos: ready, with the step and a note', () => {
  const files = [...frames('color', 1001, 1003, 1005, 1007), ...frames('depth', 1001, 1003, 1005, 1007)];
  const verdict = after(QUIET, files);
  expect(verdict).toMatchObject({ state: 'ready', reason: '' });
  expect(verdict.warnings).toEqual([
    "only every 2nd frame is there (1001-1007): they play one after the other, at the clip's rate",
  ]);
  const range = { first: 1001, last: 1007, step: 2 };
  expect(describeShape(verdict.shape, null, probed(), 24)).toMatchObject({ frames: 4, range });
});

test('the frames between may still come: more quiet is waited for', () => {
  const files = frames('color', 1, 3, 5);
  expect(after(5, files)).toMatchObject({ state: 'settling', reason: 'settling: waiting for 20 s of quiet' });
  expect(after(QUIET, files).state).toBe('ready');
  expect(after(5, frames('color', 1, 2, 3, 4, 5)).state).toBe('ready');
});

test.each<[string, ListedFile[], string]>([
  ['one hole', frames('color', 1, 2, 4), 'color: frame 3 missing'],
  ['two frames say nothing of a step', frames('color', 1, 3), 'color: frame 2 missing'],
  ['a hole on twos', frames('color', 1, 3, 7, 9), 'color: frame 5 missing'],
  [
    'passes that disagree',
    [...frames('color', 1, 2, 3, 4, 5), ...frames('depth', 1, 3, 5)],
    'depth has every 2nd frame, color every single: render both in the same steps',
  ],
  [
    'other steps',
    [...frames('color', 1, 3, 5, 7), ...frames('depth', 1, 4, 7)],
    'depth has every 3rd frame, color every 2nd: render both in the same steps',
  ],
  ['a shorter pass', [...frames('color', 1, 3, 5), ...frames('depth', 1, 3)], 'depth has 2 frames, color 3'],
  ['the other half', [...frames('color', 1, 3, 5), ...frames('depth', 2, 4, 6)], 'depth has frames 2-6, color 1-5'],
])('incomplete: %s', (_, files, reason) => {
  expect(after(QUIET, files)).toMatchObject({ state: 'incomplete', reason });
});

test('a movie beside a sequence on twos has as many frames as there are files', () => {
  const files = [...frames('color', 1, 3, 5), file('depth.mp4')];
  expect(after(QUIET, files, { probes: probed({ 'depth.mp4': { frames: 3 } }) }).state).toBe('ready');
  const longer = after(QUIET, files, { probes: probed({ 'depth.mp4': { frames: 5 } }) });
  expect(longer).toMatchObject({ state: 'incomplete', reason: 'depth has 5 frames, color 3' });
});
