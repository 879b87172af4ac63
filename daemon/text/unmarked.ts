/** UTF-16 and UTF-32 that do not say so by a byte order mark: most characters share their upper bytes. Pure. */
import { isUtf8 } from 'node:buffer';
import type { Encoding } from './form.js';

/** Bytes that are examined. */
const LOOK = 64 * 1024;
/** Upper bytes of Latin, Greek, Cyrillic, Hebrew, Arabic, Indic and Thai: no text in bytes has that many of them. */
const UPPER = 0x20;

/** null = it is neither, or unknown. */
export function unmarkedEncoding(all: Buffer): Encoding | null {
  const bytes = all.subarray(0, LOOK);
  if (bytes.length < 4) return bytes.length === 2 && bytes.includes(0) ? sideOfNul(bytes) : null;
  if (all.length % 4 === 0 && isUtf32(bytes, 0)) return 'utf-32le';
  if (all.length % 4 === 0 && isUtf32(bytes, 3)) return 'utf-32be';
  const [even, odd] = [share(bytes, 0), share(bytes, 1)];
  // A letter a line has a small byte at every other place too.
  if (odd >= 0.6 && even <= 0.25 && bytes.some(isStrange)) return 'utf-16le';
  if (even >= 0.6 && odd <= 0.25 && bytes.some(isStrange)) return 'utf-16be';
  return all.length % 2 === 0 && !isUtf8(all) ? withIdeographs(bytes) : null;
}

/** No tab and no line end. */
function isStrange(byte: number): boolean {
  return byte < UPPER && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d;
}

function sideOfNul(bytes: Buffer): Encoding {
  return bytes[0] === 0 ? 'utf-16be' : 'utf-16le';
}

/** @param low index of the lowest byte of each four: the highest is zero, the next is a plane of Unicode. */
function isUtf32(bytes: Buffer, low: 0 | 3): boolean {
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    if (bytes[at + (3 - low)] !== 0 || (bytes[at + (low === 0 ? 2 : 1)] ?? 0) > 0x10) return false;
  }
  return !bytes.every((byte) => byte === 0);
}

/** Of the bytes at even or odd offsets, the part that is below a space. */
function share(bytes: Buffer, from: 0 | 1): number {
  let small = 0;
  for (let at = from; at < bytes.length; at += 2) if ((bytes[at] ?? 0) < UPPER) small++;
  return small / Math.ceil((bytes.length - from) / 2);
}

/** Chinese, Japanese and Korean have many upper bytes. */
const EASTERN = /[\n\r\t -~\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff9f]/g;
/** Seldom two bytes of another encoding: a NUL and a space or line end, a digit and a kana or stop, FF and a comma. */
const TELLING = /[\n\r\t -~\u3000-\u30ff\uff01-\uff5e]/g;

function withIdeographs(bytes: Buffer): Encoding | null {
  const little = bytes.toString('utf16le');
  const big = Buffer.from(bytes).swap16().toString('utf16le');
  for (const [text, encoding] of [[little, 'utf-16le'] as const, [big, 'utf-16be'] as const]) {
    const count = (of: RegExp) => text.match(of)?.length ?? 0;
    if (count(EASTERN) >= 0.95 * text.length && count(TELLING) >= 0.05 * text.length) return encoding;
  }
  return null;
}
