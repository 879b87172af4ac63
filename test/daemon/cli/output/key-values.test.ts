import { expect, test } from 'vitest';
import { createColors } from '../../../../daemon/cli/output/colors.js';
import { renderFields } from '../../../../daemon/cli/output/key-values.js';

const colors = createColors({ isTTY: false, env: {}, wanted: true });

test('names align, empty values leave no line', () => {
  const text = renderFields({ Job: 'j1', Reason: '', Host: null, Prompt: 'rain' }, { colors, width: 80 });
  expect(text).toBe('Job     j1\nPrompt  rain');
});

test('long values wrap under themselves, words that cannot break stay whole', () => {
  const path = `/renders/${'x'.repeat(30)}.mp4`;
  expect(renderFields({ A: 'one two three four five six', Video: path }, { colors, width: 27 })).toBe(
    `A      one two three four\n       five six\nVideo  ${path}`,
  );
});

test('what fits keeps its blanks', () => {
  expect(renderFields({ Files: '   4 MB  a.png' }, { colors, width: 40 })).toBe('Files     4 MB  a.png');
});
