/** Names and prompts in rows of 300 pixels. */
import { expect, test } from 'vitest';
import { plain } from '../../../extension/src/shown/inert.js';
import { moment } from '../../../extension/src/views/moment.js';
import { jobTitle, outputTitle } from '../../../extension/src/views/output-title.js';
import { firstWords, shortName } from '../../../extension/src/views/short.js';
import { clause } from '../../../extension/src/views/words.js';
import { makeJob } from '../../support/messages.js';

test.each([
  ['street', 'street'],
  ['eighteen_letters_x', 'eighteen_letters_x'],
  ['nineteen_letters_xy', 'nineteen_…tters_xy'],
  ['block_042_comp_beauty_v012', 'block_042…uty_v012'],
  ['block_042_comp_beauty_v013', 'block_042…uty_v013'],
  ['👩‍👩‍👧‍👦'.repeat(12), `${'👩‍👩‍👧‍👦'.repeat(4)}…${'👩‍👩‍👧‍👦'.repeat(4)}`],
  ['街道街道街道街道街道_0420', '街道街道街…道_0420'],
  [`e\u0301`.repeat(30), `${`e\u0301`.repeat(9)}…${`e\u0301`.repeat(8)}`],
  ['', ''],
])('%s is short: %s', (name, expected) => {
  expect(shortName(name)).toBe(expected);
});

test('a short name of letters from right to left stays among itself, and its number is its own', () => {
  expect(plain(shortName('סצנה ארוכה מאוד עם הרבה מילים 12'))).toMatch(/^\u2068[^\u2069]*…[^\u2069]* 12\u2069$/);
});

test('what would act is seen before it is shortened, and a huge name costs nothing', () => {
  expect(shortName('a\u202egnp\nb')).toBe('a\\u202egnp\\nb');
  expect(shortName('a\u202e long name with more words')).toMatch(/^a\\u202e/);
  const started = performance.now();
  for (const piece of ['x', '🎬', '\u0301', 'א ']) {
    shortName(piece.repeat(100_000));
    firstWords(piece.repeat(100_000));
  }
  expect(performance.now() - started).toBeLessThan(2000);
});

test.each([
  ['A wet street at night', 'A wet street at night'],
  ['  A wet\n\tstreet ', 'A wet street'],
  ['A city block after an earthquake: broken facades', 'A city block after an earthquake: broken…'],
  ['A city block after an earthquake: unbroken facades', 'A city block after an earthquake:…'],
  ['x'.repeat(60), `${'x'.repeat(40)}…`],
  ['', ''],
])('first words of %j: %s', (prompt, expected) => {
  expect(firstWords(prompt)).toBe(expected);
});

test.each([
  ['street', '/exports/street/street_preview.mp4', 'street'],
  ['street', '/exports/street/street_aug_2.mp4', 'street_2'],
  ['street', '/exports/street/street_seed3_preview_12.mp4', 'street_seed3_12'],
  ['street_2', '/exports/street_2_aug.mp4', 'street_2'],
  ['street', 'C:\\exports\\street\\street_aug_3.mp4', 'street_3'],
  ['סצנה 12', '/exports/clip-9af8d1_preview_2.mp4', 'סצנה 12_2'],
  ['a.b', '/exports/a_b_aug.mp4', 'a.b'],
  ['street', '/exports/rain_v2.mp4', 'street'],
  ['street', '', 'street'],
])('the video of %s at %s is called %s', (clip, video, expected) => {
  expect(outputTitle(clip, video)).toBe(expected);
});

test('a job of a sweep is told from the others before it has a video', () => {
  const settings = { ...makeJob().settings, name: 'lot_seed3' };
  expect(jobTitle(makeJob({ settings }))).toBe('lot_seed3');
  expect(jobTitle(makeJob({ settings, name: 'סצנה' }))).toBe('סצנה');
  expect(jobTitle(makeJob({ settings, output: '/exports/lot_seed3_aug_2.mp4' }))).toBe('lot_seed3_2');
});

test('a moment has its day when that is not today', () => {
  const now = new Date(2026, 10, 30, 23, 5).getTime();
  const at = (...when: [number, number, number, number, number]) => new Date(...when).toISOString();
  expect(moment(at(2026, 10, 30, 0, 4), now)).toBe('00:04');
  expect(moment(at(2026, 10, 29, 23, 59), now)).toBe('Nov 29 23:59');
  expect(moment(at(2025, 10, 30, 14, 32), now)).toBe('Nov 30, 2025 14:32');
});

test('a sentence goes without its full stop, but not a name that ends in dots', () => {
  expect(clause('The queue is paused.')).toBe('The queue is paused');
  expect(clause('Waits...')).toBe('Waits...');
  expect(clause('')).toBe('');
});
