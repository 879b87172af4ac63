import { expect, test } from 'vitest';
import { decodeProse, decodeText } from '../../../daemon/text/decode.js';
import { encodeText } from '../../../daemon/text/form.js';
import { TextProblem } from '../../../daemon/text/problem.js';
import { ENCODINGS, inOldEncoding, SENTENCES } from '../../support/encodings.js';

const said = (bytes: Uint8Array) => {
  const decoded = decodeProse(bytes);
  return decoded instanceof TextProblem ? decoded.of('prompt.txt') : `read: ${decoded.text}`;
};

test.each(Object.entries(SENTENCES))('%s comes out as it went in, by its mark, or as plain UTF-8', (_, sentence) => {
  const text = `${sentence}\r\nsecond line\rthird\n`;
  for (const encoding of ENCODINGS) {
    const form = { encoding, bom: true };
    expect(decodeProse(encodeText(text, form))).toEqual({ text, form });
  }
  expect(decodeProse(Buffer.from(text))).toEqual({ text, form: { encoding: 'utf-8', bom: false } });
});

test('the marks are those of the standard decoders', () => {
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
    const bytes = encodeText(SENTENCES.hindi, { encoding, bom: true });
    expect(new TextDecoder(encoding, { fatal: true }).decode(bytes)).toBe(SENTENCES.hindi);
  }
});

test.each<[keyof typeof SENTENCES, string, string]>([
  ['english', 'windows-1252', 'Windows-1252'],
  ['french', 'windows-1252', 'Windows-1252'],
  ['german', 'windows-1252', 'Windows-1252'],
  ['french', 'macintosh', 'Mac OS Roman'],
  ['polish', 'windows-1250', 'Windows-1250 (Central Europe)'],
  ['russian', 'windows-1251', 'Windows-1251 (Cyrillic)'],
  ['russian', 'koi8-r', 'KOI8-R (Cyrillic)'],
  ['russian', 'ibm866', 'CP866 (Cyrillic)'],
  ['greek', 'windows-1253', 'Windows-1253 (Greek)'],
  ['hebrew', 'windows-1255', 'Windows-1255 (Hebrew)'],
  ['arabic', 'windows-1256', 'Windows-1256 (Arabic)'],
  ['japanese', 'shift_jis', 'Shift-JIS'],
  ['japanese', 'euc-jp', 'EUC-JP'],
  ['chinese', 'gbk', 'GBK'],
  ['korean', 'euc-kr', 'EUC-KR'],
])('%s in %s is named and not read', (language, encoding, name) => {
  const text = SENTENCES[language];
  const before = [...text].findIndex((character) => character > '\x7f');
  const sentence = said(inOldEncoding(`one line\r\n${text}`, encoding));
  expect(sentence).toContain(`prompt.txt:2:${before + 1}: this is not UTF-8: it looks like ${name} (byte `);
  expect(sentence).toMatch(/; open it in the program that it was written with, and save it as UTF-8/);
});

test.each<[string, number[]]>([
  ['DOS', [0x43, 0x61, 0x66, 0x82]],
  ['random bytes', [0x9d, 0x41, 0x81, 0x42, 0x8f, 0x43]],
])('what cannot be told is not guessed: %s', (_, bytes) => {
  expect(said(Uint8Array.from(bytes))).toContain('it looks like an older encoding of Windows (byte ');
});

test.each(Object.entries(SENTENCES))('%s in UTF-16 or UTF-32 without a mark is named', (_, sentence) => {
  const text = `${sentence}\n`;
  for (const encoding of ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'] as const) {
    const name = encoding.startsWith('utf-16') ? 'UTF-16' : 'UTF-32';
    expect(said(encodeText(text, { encoding, bom: false }))).toMatch(
      new RegExp(`^prompt.txt: this is ${name}.* without`),
    );
  }
});

test.each<[string, string, string]>([
  ['a NUL', 'a dusk\0street', '1:7: the text holds a NUL (U+0000)'],
  ['a letter lost before', 'one\r\nCaf\ufffd', '2:4: the text holds a replacement character (U+FFFD), where'],
  ['a control character', 'one\rtwo\x1b[0m', '2:4: the text holds a control character (U+001B)'],
  ['a Windows quote read as Latin-1', 'the city\x92s', '1:9: the text holds a control character (U+0092)'],
  ['no character', '\uffff', '1:1: the text holds U+FFFF, which is no character'],
])('%s is damage, with its place', (_, text, words) => {
  expect(said(Buffer.from(text))).toContain(`prompt.txt:${words}`);
});

test('tabs, all line ends, emoji and marks of direction are text', () => {
  const text = 'a\tb\r\nc\rd\n🌧\u200d🚗 \u202egnp. \u2028 e\u0301';
  expect(said(Buffer.from(text))).toBe(`read: ${text}`);
});

test.each<[string, Buffer, RegExp]>([
  [
    'UTF-8',
    Buffer.from('één straat€').subarray(0, -1),
    /^prompt.txt:1:11: this ends within a character of UTF-8: it is cut/,
  ],
  [
    'UTF-8 with a wrong byte',
    Buffer.concat([Buffer.from('é è '), Buffer.of(0xff), Buffer.from(' ü')]),
    /1:5: this is UTF-8 with damaged bytes: byte FF/,
  ],
  [
    'UTF-16',
    encodeText('ab', { encoding: 'utf-16le', bom: true }).subarray(0, -1),
    /1:2: this is UTF-16 that ends within a character; it is cut/,
  ],
  [
    'UTF-16 with half a pair',
    encodeText('a\n\ud83cx', { encoding: 'utf-16be', bom: true }),
    /2:1: this is UTF-16 \(big-endian\) that holds half a character/,
  ],
  [
    'UTF-32',
    Buffer.concat([encodeText('a', { encoding: 'utf-32le', bom: true }), Buffer.of(0, 0, 0x11, 0)]),
    /1:2: this is UTF-32 that ends within a character/,
  ],
  ['emoji of Java', Buffer.from('61eda0bcedbca7', 'hex'), /it looks like UTF-8 whose emoji were written in halves/],
])('%s that is damaged is refused at the place', (_, bytes, words) => {
  expect(said(bytes)).toMatch(words);
});

test.each<[string, Buffer | string, string]>([
  ['PNG', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'a PNG image'],
  ['EXR', Buffer.from('762f310102000000', 'hex'), 'an EXR image'],
  ['PDF', '%PDF-1.7\n', 'a PDF document'],
  ['RTF', '{\\rtf1\\ansi A street at dusk}', 'an RTF document'],
  ['docx', `PK\x03\x04${' '.repeat(26)}[Content_Types].xml ... word/document.xml`, 'a Word document (.docx)'],
  ['zip', 'PK\x03\x04    notes.txt', 'a ZIP archive'],
  ['mp4', '\0\0\0 ftypisom', 'a movie or picture (MP4, MOV, HEIC)'],
])('%s is called what it is', (_, bytes, name) => {
  const sentence = said(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  expect(sentence).toBe(`prompt.txt: this is ${name}, and no text; save the text itself as a .txt in UTF-8`);
});

test('text that only looks like a beginning of something else is text', () => {
  for (const text of ['Convert AVI to film', 'BM of a street', 'PDF-like', 'a\nb\nc\nd\n', 'II', '']) {
    expect(said(Buffer.from(text))).toBe(`read: ${text}`);
  }
});

test.each([
  ['Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n', 'git lfs pull'],
  [
    'Git LFS in a checkout of Windows',
    'version https://git-lfs.github.com/spec/v1\r\noid sha256:4d7a\r\n',
    'git lfs pull',
  ],
  ['git-annex', '/annex/objects/SHA256E-s12--4d7a.txt\n', 'git annex get'],
])('a pointer of %s is called that', (_, text, command) => {
  const decoded = decodeText(Buffer.from(text));
  expect(decoded instanceof TextProblem && decoded.sentence).toMatch(
    new RegExp(`^this is a .* pointer and not the file itself; run \`${command}\` in its folder$`),
  );
});

test('the first wrong byte of a long text is found wherever it lies', () => {
  for (const at of [0, 1, 65_533, 65_534, 65_535, 65_536, 65_537, 131_072, 199_999]) {
    for (const wrong of [[0xff], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x8c]]) {
      const bytes = Buffer.concat([
        Buffer.alloc(at, 'é', 'utf8').subarray(0, at - (at % 2)),
        Buffer.alloc(at % 2, 'x'),
      ]);
      const said = decodeProse(Buffer.concat([bytes, Buffer.from(wrong), Buffer.from('é and more, é')]));
      const column = Math.floor(at / 2) + (at % 2) + 1;
      expect(said instanceof TextProblem && said.place, `${at} ${wrong}`).toEqual({ line: 1, column });
    }
  }
});
