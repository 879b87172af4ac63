import { expect, test } from 'vitest';
import { shownLine, shownText } from '../../schemas/shown-text.js';

test.each([
  ['a title of the terminal', 'a\u001b]0;PWNED\u0007', 'a\\x1b]0;PWNED\\x07'],
  ['C1 and DEL', '\u009b2J\u007f', '\\x9b2J\\x7f'],
  ['a turned line', 'a\u202egnp.exe', 'a\\u202egnp.exe'],
  ['isolates and marks', '\u2066x\u2069\u200f', '\\u2066x\\u2069\\u200f'],
  ['half a character', 'a\ud83d', 'a\\ud83d'],
  ['line ends', 'a\r\nb\tc\u2028', 'a\\r\\nb\\tc\\u2028'],
  ['what takes no room', 'pay\u200bpal\ufeff', 'pay\\u200bpal\\ufeff'],
])('%s', (_, text, shown) => {
  expect(shownLine(text)).toBe(shown);
});

test('what people write stays: letters of all kinds, emoji, joiners, accents that combine', () => {
  const text = 'beauty_v3 Größe 猫 👩‍👩‍👧 می‌خواهم e\u0301 שלום 🏴󠁧󠁢󠁳󠁣󠁴󠁿';
  expect(shownLine(text)).toBe(text);
  expect(shownText(text)).toBe(text);
});

test('text of several lines keeps its line ends, but no lone carriage return', () => {
  expect(shownText('a\r\n\tb\rc\u001b[31m\n')).toBe('a\r\n\tb\\rc\\x1b[31m\n');
});
