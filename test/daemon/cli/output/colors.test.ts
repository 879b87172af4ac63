import { expect, test } from 'vitest';
import { type ColorFacts, createColors } from '../../../../daemon/cli/output/colors.js';

const terminal: ColorFacts = { isTTY: true, env: { TERM: 'xterm' }, wanted: true };

test('a terminal has colours', () => {
  expect(createColors(terminal).isColorSupported).toBe(true);
});

test.each<[string, Partial<ColorFacts>]>([
  ['a pipe', { isTTY: false }],
  ['NO_COLOR', { env: { NO_COLOR: '1', FORCE_COLOR: '1' } }],
  ['--no-color', { wanted: false }],
  ['a dumb terminal', { env: { TERM: 'dumb' } }],
])('%s has none', (_name, facts) => {
  expect(createColors({ ...terminal, ...facts }).isColorSupported).toBe(false);
});

test('FORCE_COLOR colours a pipe', () => {
  expect(createColors({ ...terminal, isTTY: false, env: { FORCE_COLOR: '1' } }).isColorSupported).toBe(true);
});
