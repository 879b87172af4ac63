import { expect, test } from 'vitest';
import { decodeSpec, reportNotUtf8 } from '../../../daemon/spec/bytes.js';

test('UTF-8 is text, with its byte order mark', () => {
  expect(decodeSpec(Buffer.from('\ufeff{"a": "\u00e9\u{1f3ac}\ufffd"}'))).toBe('\ufeff{"a": "\u00e9\u{1f3ac}\ufffd"}');
  expect(decodeSpec(Buffer.alloc(0))).toBe('');
});

test.each<[string, number[], number]>([
  ['a Latin-1 letter', [0x61, 0xe9, 0x22], 1],
  ['a character that is cut off', [0x61, 0x62, 0xe2, 0x82], 2],
  ['an overlong form', [0xc0, 0x80], 0],
  ['UTF-16', [0xff, 0xfe, 0x7b, 0x00], 0],
  ['a wrong byte behind a real replacement character', [0xef, 0xbf, 0xbd, 0xff], 3],
])('%s is none, from its first byte on', (_, bytes, offset) => {
  expect(decodeSpec(Uint8Array.from(bytes))).toEqual({ offset, byte: bytes[offset] });
});

test('the report points at the byte in lines and characters', () => {
  const bytes = Buffer.concat([Buffer.from('{"prompt":\n "\u{1f3ac}\u00e9 '), Buffer.from([0xe9]), Buffer.from('"}')]);
  const at = decodeSpec(bytes);
  if (typeof at === 'string') throw new Error('it was decoded');
  expect(reportNotUtf8('shot.json', bytes, undefined, at)).toEqual({
    file: 'shot.json',
    engine: 'transfer2.5',
    nvidia: 'rejects',
    stage: 'parse',
    ok: false,
    issues: [
      {
        severity: 'error',
        source: 'nvidia',
        code: 'UnicodeDecodeError',
        path: [],
        line: 2,
        column: 7,
        endLine: 2,
        endColumn: 8,
        message: 'the file is not UTF-8: byte E9 begins no character',
        fix: 'Save it as UTF-8 (without a byte order mark) in your editor.',
      },
    ],
  });
});
