import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { shownLine, shownText } from '../../schemas/shown-text.js';

/** The plugin for Houdini is held against the same table. */
const CASES = z
  .array(z.object({ name: z.string(), text: z.string(), line: z.string(), several: z.string() }))
  .parse(JSON.parse(readFileSync('test/data/shown-text.json', 'utf8')));

test.each(CASES)('$name', ({ text, line, several }) => {
  expect(shownLine(text)).toBe(line);
  expect(shownText(text)).toBe(several);
  expect(shownLine(line)).toBe(line);
});

test('what people write stays: letters of all kinds, emoji, joiners, accents that combine', () => {
  const text = 'beauty_v3 Größe 猫 👩‍👩‍👧 می‌خواهم e\u0301 שלום 🏴󠁧󠁢󠁳󠁣󠁴󠁿';
  expect(shownLine(text)).toBe(text);
  expect(shownText(text)).toBe(text);
});
