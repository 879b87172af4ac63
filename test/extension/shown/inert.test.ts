/** What of strangers' words VS Code may draw, by its own rules (parseLinkedText and renderLabelWithIcons of 1.139). */
import { expect, test } from 'vitest';
import {
  fileName,
  iconless,
  inert,
  linkless,
  plain,
  plainLines,
  shortened,
} from '../../../extension/src/shown/inert.js';

/** VS Code's (src/vs/base/common/linkedText.ts). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
/** VS Code's (src/vs/base/browser/ui/iconLabel/iconLabels.ts). */
const ICON = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/g;

/** As VS Code draws a label with icons: an escaped one as it was written, another as a picture. */
function drawn(label: string): string {
  return label.replace(ICON, (_, escaped, icon) => (escaped ? `$(${icon})` : `<${icon}>`));
}

const COMMAND = '[beauty_v3](command:workbench.action.terminal.sendSequence?{"text":"id\\u000d"})';

test.each([
  COMMAND,
  '[a](https://evil.example)',
  '[a](HTTP://evil.example "a title")',
  '[a](file:///etc/passwd)',
  '[[a](command:x)](command:y)',
  '![a](command:x)',
  'a](command:x) [b](command:y)',
  '[a](\u202ecommand:x)',
  `[${'a'.repeat(10_000)}](command:x)`,
  `${'['.repeat(500)}](command:x)`,
])('no link: %s', (name) => {
  for (const shown of [linkless(`${name} is finished.`), inert(name)]) {
    expect(shown.match(LINK)).toBeNull();
    expect(shown.length).toBeLessThan(900); // VS Code cuts at 1000, and an escape with it
  }
});

test('a link is read as it was written, but for one backslash; brackets that link nowhere stay', () => {
  expect(linkless('[a](command:x) is finished.')).toBe('[a]\\(command:x) is finished.');
  expect(linkless('clip[v2](final) (a) [b]')).toBe('clip[v2](final) (a) [b]');
});

test.each([
  '$(bug)',
  'a $(sync~spin) b',
  '\\$(bug)',
  '\\\\$(bug)',
  '$$(bug)',
  '$(bug)$(x)',
  '$()',
  '$(a b)',
  '$(',
  '$bug',
])('an icon is drawn as the characters that it is: %s', (name) => {
  expect(drawn(iconless(name))).toBe(name);
  expect(drawn(inert(name))).toBe(name);
});

test('control characters and what turns a line around are seen; a tab and a line end only where there are lines', () => {
  expect(plain('a\u202egnp\nb\tc\x1b[2J\u200b')).toBe('a\\u202egnp\\nb\\tc\\x1b[2J\\u200b');
  expect(plainLines('a\n\tb\u2066')).toBe('a\n\tb\\u2066');
});

test('words from right to left stay among themselves, with the number that is theirs', () => {
  expect(plain('שלום 12 is finished, 3 left')).toBe('\u2068שלום 12\u2069 is finished, 3 left');
  expect(plain('סצנה א, גרסה ב · 8 frames')).toBe('\u2068סצנה א, גרסה ב\u2069 · 8 frames');
  expect(plain('a שלום b مرحبا')).toBe('a \u2068שלום\u2069 b \u2068مرحبا\u2069');
  expect(plain('street')).toBe('street');
  expect(plain('\u2068שלום')).toBe('\\u2068\u2068שלום\u2069'); // theirs is seen, ours is not
});

test('what is too long loses its middle, never half a letter', () => {
  expect(shortened('abc', 3)).toBe('abc');
  expect(shortened('abcdefghij', 7)).toBe('abcd…ij');
  expect(linkless(`${'x'.repeat(10_000)} is finished.`)).toMatch(/^x{100,}…x+ is finished\.$/);
  expect(plain('🎬'.repeat(1000))).not.toMatch(/\\ud8/);
  expect(plain('\x1b'.repeat(10_000)).length).toBeLessThanOrEqual(300);
});

test('a name makes a file name without links, paths or icons', () => {
  expect(fileName(COMMAND)).not.toMatch(/[:/\\]/);
  expect(fileName('../../etc/passwd')).toBe('..-..-etc-passwd');
  expect(fileName('$(bug) shot_010')).toBe('$-bug) shot_010');
});

test('a text that is made to be slow is not slow', () => {
  const started = performance.now();
  for (const piece of ['[', '](', '$(', 'א ', 'א1.', '\u0301', '] (:']) {
    for (const say of [linkless, inert, plain, plainLines]) say(piece.repeat(50_000));
  }
  expect(performance.now() - started).toBeLessThan(2000); // quadratic would be minutes
});
