import { expect, test } from 'vitest';
import { decodeSpec, reportNotText } from '../../../../daemon/workload/dialects/bytes.js';

test('UTF-8 is text, with its byte order mark', () => {
  const text = '\ufeff{"a": "\u00e9\u{1f3ac}\ufffd"}';
  expect(decodeSpec(Buffer.from(text))).toEqual({ text });
  expect(decodeSpec(Buffer.alloc(0))).toEqual({ text: '' });
});

test.each<[string, number[], number]>([
  ['a Latin-1 letter', [0x61, 0xe9, 0x22], 2],
  ['a character that is cut off', [0xc3, 0xa9, 0x62, 0xe2, 0x82], 3],
  ['an overlong form', [0xc0, 0x80], 1],
  ['UTF-16', [0xff, 0xfe, 0x7b, 0x00], 1],
  ['a wrong byte behind a real replacement character', [0xef, 0xbf, 0xbd, 0xff], 2],
])('%s is none, from its first byte on', (_, bytes, column) => {
  const read = decodeSpec(Uint8Array.from(bytes));
  if ('text' in read) throw new Error('it was decoded');
  const { nvidia, issues } = reportNotText('shot.json', Uint8Array.from(bytes), undefined, read);
  expect(nvidia).toBe('rejects');
  expect(issues).toMatchObject([{ code: 'UnicodeDecodeError', line: 1, column }]);
});

test('the report points at the byte in lines and characters', () => {
  const bytes = Buffer.concat([Buffer.from('{"prompt":\n "\u{1f3ac} caf'), Buffer.from([0xe9]), Buffer.from('"}')]);
  const read = decodeSpec(bytes);
  if ('text' in read) throw new Error('it was decoded');
  expect(reportNotText('shot.json', bytes, undefined, read)).toMatchObject({
    file: 'shot.json',
    engine: 'transfer2.5',
    nvidia: 'rejects',
    stage: 'parse',
    ok: false,
    issues: [{ severity: 'error', source: 'nvidia', code: 'UnicodeDecodeError', path: [], line: 2, column: 9 }],
  });
});

test('a document that happens to be UTF-8 is no JSON to Python, and is called what it is', () => {
  const bytes = Buffer.from('{\\rtf1\\ansi a street}');
  const read = decodeSpec(bytes);
  if ('text' in read) throw new Error('it was decoded');
  expect(reportNotText('shot.json', bytes, undefined, read).issues).toMatchObject([
    { code: 'JSONDecodeError', message: 'the file is an RTF document, and no text' },
  ]);
});
