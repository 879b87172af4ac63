import { expect, test } from 'vitest';
import { goodCosmos3, goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, issuesOf } from '../../../../../support/spec-check.js';

const t25 = (change: object) => issuesOf(checked({ ...goodTransfer25, ...change }), 'text_for_number');
const c3 = (change: object) => issuesOf(checked({ ...goodCosmos3, ...change }), 'text_for_number');

test.each([
  [{ seed: '7' }, ['seed'], 'seed is a number, but "7" is text; it is taken as 7', '7'],
  [{ edge: { control_weight: '0.50' } }, ['edge', 'control_weight'], undefined, '0.5'],
  [{ show_input: 'Yes' }, ['show_input'], 'show_input is a switch, but "Yes" is text; it is taken as true', 'true'],
  [{ num_steps: '1_0' }, ['num_steps'], undefined, '10'],
])('%j works, and is written plainly', (change, path, message, text) => {
  const [issue, ...more] = t25(change);
  expect(more).toEqual([]);
  expect(issue).toMatchObject({ severity: 'info', path, edits: [{ text }] });
  if (message !== undefined) expect(issue?.message).toBe(message);
});

test('what is text stays text, and what is refused is not converted', () => {
  expect(t25({ resolution: '720', sigma_max: '80', name: '7', prompt: 'true' })).toEqual([]);
  expect(t25({ seed: 7, show_input: true })).toEqual([]);
  expect(t25({ guidance: 'much' })).toEqual([]);
  expect(t25({ guidance: '9' })).toEqual([]);
  expect(t25({ show_input: 'maybe' })).toEqual([]);
});

test('entries of lists are named, without a repair', () => {
  const [issue, ...more] = c3({ guidance_interval: ['0', 500] });
  expect(more).toEqual([]);
  expect(issue).toMatchObject({ path: ['guidance_interval', 0] });
  expect(issue?.edits).toBeUndefined();
});

test('free data is not looked into', () => {
  expect(c3({ extra: { start: '5', kind: 'object', end: '12' } })).toEqual([]);
});

test('a number that cannot be written as it is gets no repair', () => {
  expect(c3({ seed: '9007199254740993' })[0]?.edits).toBeUndefined();
  expect(c3({ shift: 'inf' })[0]?.edits).toBeUndefined();
});
