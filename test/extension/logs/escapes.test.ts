import { expect, test } from 'vitest';
import { EscapeFilter } from '../../../extension/src/logs/escapes.js';

function filtered(...pieces: string[]): string {
  const filter = new EscapeFilter();
  return pieces.map((piece) => filter.push(piece)).join('');
}

test('text, colours and what tqdm draws with pass', () => {
  const drawn = 'a\tb\r\x1b[1;31mred\x1b[0m \x1b[38;5;12mblue\x1b[m\x1b[K\x1b[2K\x1b[A\x1b[2A█▍\b.\n';
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
  const log = 'x\x1b[31mred\x1b[0m\x1b]52;c;aGk=\x1b\\y\x1b[6nz\x9b1mq\n';
  const whole = filtered(log);
  expect(whole).toBe('x\x1b[31mred\x1b[0myz\x1b[1mq\n');
  expect(filtered(...log)).toBe(whole);
});

test('a sequence that was never finished hides nothing behind its line', () => {
  expect(filtered('a\x1b]0;never ended\nb')).toBe('a\nb');
  expect(filtered('a\x1b[31\nb')).toBe('a\nb');
});

test('what is unfinished takes no memory, however long it is', () => {
  const filter = new EscapeFilter();
  for (let turn = 0; turn < 100; turn++) filter.push(turn === 0 ? '\x1b[' : '1'.repeat(10_000));
  expect(JSON.stringify(filter).length).toBeLessThan(500);
});
