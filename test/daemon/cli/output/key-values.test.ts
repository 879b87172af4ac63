import { expect, test } from 'vitest';
import { type Fields, renderFields } from '../../../../daemon/cli/output/key-values.js';
import { fakeDoor } from '../../../support/doors.js';

const fields = (values: Fields, width: number) =>
  renderFields(values, fakeDoor({ width, color: false }).door).join('\n');

test('names align, empty values leave no line', () => {
  const text = fields({ Job: 'j1', Reason: '', Host: null, Prompt: 'rain' }, 80);
  expect(text).toBe('Job     j1\nPrompt  rain');
});

test('long values wrap under themselves, words that cannot break stay whole', () => {
  const path = `/renders/${'x'.repeat(30)}.mp4`;
  expect(fields({ A: 'one two three four five six', Video: path }, 27)).toBe(
    `A      one two three four\n       five six\nVideo  ${path}`,
  );
});

test('what fits keeps its blanks', () => {
  expect(fields({ Files: '   4 MB  a.png' }, 40)).toBe('Files     4 MB  a.png');
});

test('a line end of a stranger begins no line, one of a prompt begins one under itself', () => {
  expect(fields({ Name: 'a\nState  ready', Prompt: 'one\r\ntwo'.split('\n') }, 40)).toBe(
    'Name    a\\nState  ready\nPrompt  one\n        two',
  );
});
