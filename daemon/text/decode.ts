/**
 * The only decoder of text that users wrote: bytes -> exactly that text, or the reason why not. UTF-8 with or without a byte
 * order mark, UTF-16 and UTF-32 with theirs; any other encoding is named in the error and never guessed. Pure.
 */
import { damageIn, placeIn } from '../../schemas/text.js';
import { binaryKind } from './binary.js';
import { ENCODING_NAMES, type Encoding, formByMark, type TextForm } from './form.js';
import { likelyEncoding } from './likely.js';
import { pointerIn } from './pointer.js';
import { SAVE_AS_UTF8, TextProblem } from './problem.js';
import { unmarkedEncoding } from './unmarked.js';

export interface Decoded {
  /** Without the mark; line ends as they are. */
  readonly text: string;
  readonly form: TextForm;
}

/** The text of a file that is parsed: what stands in its values is judged where they are read (schemas/text.ts). */
export function decodeText(bytes: Uint8Array): Decoded | TextProblem {
  const decoded = decodeBytes(bytes);
  if (decoded instanceof TextProblem) return decoded;
  const pointer = pointerIn(decoded.text);
  return pointer === null ? decoded : new TextProblem(`this ${pointer.what}`, pointer.remedy);
}

/** The text of a file that is used as a whole, such as a prompt: it must have no damaged characters. */
export function decodeProse(bytes: Uint8Array): Decoded | TextProblem {
  const decoded = decodeText(bytes);
  if (decoded instanceof TextProblem) return decoded;
  const damage = damageIn(decoded.text);
  if (damage === null) return decoded;
  return new TextProblem(
    `the text holds ${damage.says}`,
    'write it again there and save it as UTF-8',
    placeIn(decoded.text, damage.offset),
  );
}

/** As {@link decodeText}, but a pointer of Git LFS is the text that it is. */
export function decodeBytes(given: Uint8Array): Decoded | TextProblem {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const kind = binaryKind(bytes);
  if (kind !== null) return new TextProblem(`this is ${kind}, and no text`, 'save the text itself as a .txt in UTF-8');
  const marked = formByMark(bytes);
  if (marked !== null) return decodeAs(marked.form, marked.rest);
  const unmarked = unmarkedEncoding(bytes);
  if (unmarked !== null) {
    return new TextProblem(
      `this is ${ENCODING_NAMES[unmarked]} without the byte order mark that says so`,
      SAVE_AS_UTF8,
    );
  }
  return decodeAs({ encoding: 'utf-8', bom: false }, bytes);
}

function decodeAs(form: TextForm, bytes: Buffer): Decoded | TextProblem {
  switch (form.encoding) {
    case 'utf-8':
      return decodeUtf8(form, bytes);
    case 'utf-16le':
      return decodeUtf16(form, bytes);
    case 'utf-16be':
      return decodeUtf16(form, swapped(bytes, 2));
    case 'utf-32le':
      return decodeUtf32(form, bytes);
    case 'utf-32be':
      return decodeUtf32(form, swapped(bytes, 4));
  }
}

/** A copy with the bytes of each unit reversed; an incomplete unit at the end stays. */
function swapped(bytes: Buffer, unit: 2 | 4): Buffer {
  const copy = Buffer.from(bytes);
  const whole = copy.subarray(0, copy.length - (copy.length % unit));
  if (unit === 2) whole.swap16();
  else whole.swap32();
  return copy;
}

/** A mark inside the text is a character like others. */
const UTF8 = { ignoreBOM: true } as const;

function decodeUtf8(form: TextForm, bytes: Buffer): Decoded | TextProblem {
  try {
    return { text: new TextDecoder('utf-8', { ...UTF8, fatal: true }).decode(bytes), form };
  } catch {
    return notUtf8(bytes, form.bom);
  }
}

/** Bytes that are looked through at once for the wrong one: re-encoding a whole file costs seconds. */
const STRETCH = 64 * 1024;

/** Offset of the first byte that is not UTF-8. The caller knows that one exists. */
function firstWrongByte(bytes: Buffer): number {
  const begin = firstWrongStretch(bytes);
  // A character that began before the stretch may be what is wrong.
  let from = Math.max(0, begin - 1);
  while (from > begin - 4 && from > 0 && ((bytes[from] ?? 0) & 0xc0) === 0x80) from--;
  const stretch = bytes.subarray(from, begin + STRETCH + 4);
  // A replacement character adds three bytes, so the first difference is the first wrong byte.
  const again = Buffer.from(new TextDecoder('utf-8', UTF8).decode(stretch));
  const found = stretch.findIndex((byte, index) => byte !== again[index]);
  return found < 0 ? bytes.length - 1 : from + found;
}

function firstWrongStretch(bytes: Buffer): number {
  const decoder = new TextDecoder('utf-8', { ...UTF8, fatal: true });
  let at = 0;
  try {
    for (; at < bytes.length; at += STRETCH) decoder.decode(bytes.subarray(at, at + STRETCH), { stream: true });
  } catch {
    return at;
  }
  return Math.max(0, at - STRETCH); // the end of the last character is missing
}

function notUtf8(bytes: Buffer, isMarked: boolean): TextProblem {
  const offset = firstWrongByte(bytes);
  const before = new TextDecoder('utf-8', UTF8).decode(bytes.subarray(0, offset), { stream: true });
  const place = placeIn(before, before.length);
  const hex = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  const wrong = `byte ${hex} begins no character`;
  const likely = likelyEncoding({ bytes, wrong: offset, isMarked });
  switch (likely.kind) {
    case 'torn':
      return new TextProblem('this ends within a character of UTF-8: it is cut off', 'save or copy it again', place);
    case 'damaged':
      return new TextProblem(`this is UTF-8 with damaged bytes: ${wrong}`, 'write it again there and save it', place);
    case 'encoding':
      return new TextProblem(`this is not UTF-8: it looks like ${likely.name} (${wrong})`, SAVE_AS_UTF8, place);
  }
}

function decodeUtf16(form: TextForm, bytes: Buffer): Decoded | TextProblem {
  const text = bytes.toString('utf16le', 0, bytes.length - (bytes.length % 2));
  const half = text.search(/\p{Cs}/u);
  if (half >= 0) return torn(form.encoding, text, half);
  return bytes.length % 2 === 0 ? { text, form } : torn(form.encoding, text, text.length);
}

/** Characters that are joined at once: String.fromCodePoint() takes them as arguments. */
const PIECE = 4096;

function decodeUtf32(form: TextForm, bytes: Buffer): Decoded | TextProblem {
  const pieces: string[] = [];
  let codes: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = bytes.readUInt32LE(at);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
      const before = pieces.join('') + String.fromCodePoint(...codes);
      return torn(form.encoding, before, before.length);
    }
    codes.push(code);
    if (codes.length < PIECE) continue;
    pieces.push(String.fromCodePoint(...codes));
    codes = [];
  }
  const text = pieces.join('') + String.fromCodePoint(...codes);
  return bytes.length % 4 === 0 ? { text, form } : torn(form.encoding, text, text.length);
}

function torn(encoding: Encoding, text: string, offset: number): TextProblem {
  const isEnd = offset === text.length;
  const what = isEnd ? 'ends within a character' : 'holds half a character';
  return new TextProblem(
    `this is ${ENCODING_NAMES[encoding]} that ${what}`,
    isEnd ? 'it is cut off: save or copy it again' : 'write it again there and save it as UTF-8',
    placeIn(text, offset),
  );
}
