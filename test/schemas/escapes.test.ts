import { expect, test } from 'vitest';
import { EscapeFilter } from '../../schemas/index.js';

function filtered(...pieces: string[]): string {
  return through('left out', pieces);
}

function shown(...pieces: string[]): string {
  return through('shown', pieces);
}

function through(refused: 'left out' | 'shown', pieces: readonly string[]): string {
  const filter = new EscapeFilter({ refused });
  return pieces.map((piece) => filter.push(piece)).join('') + filter.end();
}

test('text, colours and what tqdm draws with pass', () => {
  const drawn = 'a\tb\r\x1b[1;31mred\x1b[0m \x1b[38;5;12mblue\x1b[m\n\n\n\x1b[K\x1b[2K\x1b[A\x1b[2A█▍\b.\n';
  expect(filtered(drawn)).toBe(drawn);
});

test.each([
  ['a title', '\x1b]0;owned\x07'],
  ['the clipboard, ended by ST', '\x1b]52;c;aGk=\x1b\\'],
  ['a link', '\x1b]8;;http://x\x07'],
  ['a question for the device', '\x1b[c\x1b[>c\x1b[5n\x1b[6n\x1bZ\x05'],
  ['a window operation', '\x1b[21t'],
  ['modes: other screen, mouse, paste', '\x1b[?1049h\x1b[?1000h\x1b[?2004h'],
  ['clearing and jumping', '\x1b[2J\x1b[H\x1b[5;5H\x1bc'],
  ['scroll back without end', '\x1b[99A'],
  ['going up into what was there before the log', '\x1b[A'],
  ['hidden text', '\x1b[8m\x1b[0;1;08m\x1b[38;5;8;8m'],
  ['a device control string', '\x1bP$qm\x1b\\'],
  ['an application command', '\x1b_Gq=1\x1b\\\x1b^x\x1b\\\x1bXy\x1b\\'],
  ['a character set', '\x1b(0\x0e\x0f'],
  ['C1 forms', '\x9b6n\x9d52;c;x\x9c\x90q\x9c'],
  ['colours that carry something else', '\x1b[>4;2m\x1b[?4m'],
  ['parameters without end', `\x1b[${'1;'.repeat(100)}m`],
  ['bell, delete, null', '\x07\x7f\0'],
])('%s does not', (_, sequence) => {
  expect(filtered(`a${sequence}b`)).toBe('ab');
});

test('wherever the stream is cut, the same passes', () => {
  const log = 'x\x1b[31mred\x1b[0m\x1b]52;c;aGk=\x1b\\y\x1b[6nz\x9b1mq\x1b[m\n';
  const whole = filtered(log);
  expect(whole).toBe('x\x1b[31mred\x1b[0myz\x1b[1mq\x1b[m\n');
  expect(filtered(...log)).toBe(whole);
});

test('a sequence that was never finished hides nothing behind its line', () => {
  expect(filtered('a\x1b]0;never ended\nb')).toBe('a\nb');
  expect(filtered('a\x1b[31\nb')).toBe('a\nb');
});

test('what is unfinished takes no memory, however long it is', () => {
  const filter = new EscapeFilter({ refused: 'left out' });
  for (let turn = 0; turn < 100; turn++) filter.push(turn === 0 ? '\x1b[' : '1'.repeat(10_000));
  expect(JSON.stringify(filter).length).toBeLessThan(500);
});

test('what does not pass is shown where that is wanted, and nothing is swallowed', () => {
  expect(shown('a\x1b]52;c;aGk=\x07b\x1b[2J\x1b(0\x9b6n\x9d0;x\x9c\x07\x7f\0c')).toBe(
    'a\\x1b]52;c;aGk=\\x07b\\x1b[2J\\x1b(0\\x9b6n\\x9d0;x\\x9c\\x07\\x7f\\x00c',
  );
  expect(shown('a\x1b[31\nb\x1b]0;never ended\nc\x1b[3')).toBe('a\\x1b[31\nb\\x1b]0;never ended\nc\\x1b[3');
  expect(shown(`\x1b[${'1'.repeat(100)}m`)).toBe(`\\x1b[${'1'.repeat(100)}m`);
});

test('text that turns a line around or takes no room is shown everywhere', () => {
  expect(filtered('a\u202eb\u200bc\u2066')).toBe('a\\u202eb\\u200bc\\u2066');
});

test('wherever the stream is cut, the same is shown; a character that is cut in two comes whole', () => {
  const log = 'x😀\x1b[31mred\x1b]52;c;aGk=\x1b\\y\x1b[6nz\n\x9b1mq\ud800 \x1b[A\r\x1b[A';
  const whole = shown(log);
  expect(whole).toContain('x😀\x1b[31mred\\x1b]52;c;aGk=\\x1b\\y\\x1b[6nz\n\x1b[1mq\\ud800 \x1b[A\r\\x1b[A');
  expect(shown(...Array.from({ length: log.length }, (_, at) => log.charAt(at)))).toBe(whole);
});

test('colours that a log left on end with it', () => {
  expect(shown('\x1b[31mred')).toBe('\x1b[31mred\x1b[0m');
  expect(shown('\x1b[31mred\x1b[0m')).toBe('\x1b[31mred\x1b[0m');
});
