/** Finds private keys in text: PEM (RFC 7468), OpenSSH, PGP and PuTTY, also when only a part of one is there. */
import type { Reader, Span } from './span.js';

const BEGIN = /BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END [A-Z0-9 ]{0,32}PRIVATE KEY/g;
const PUTTY = /Private-Lines: *\d+/g;
/** A body is lines of base64 behind headers ("Proc-Type: 4,ENCRYPTED"); what follows in a sentence or in JSON is not. */
const OUTSIDE = /[^A-Za-z0-9+/=\s:,.-]|-----/g;

export const pemBlocks: Reader = (text) => (/PRIVATE|Private-/.test(text) ? [...bodies(text), ...tails(text)] : []);

/** From the line that begins a key up to the one that ends it, or to where it is cut off. */
function bodies(text: string): Span[] {
  return [...text.matchAll(BEGIN), ...text.matchAll(PUTTY)].map((match) => {
    const start = match.index + match[0].length;
    OUTSIDE.lastIndex = start;
    return { start, end: OUTSIDE.exec(text)?.index ?? text.length };
  });
}

/** Keys that were cut off at their beginning: base64 up to the line that ends one. */
function tails(text: string): Span[] {
  let from = 0;
  return [...text.matchAll(END)].map(({ index: end }) => {
    let start = end;
    while (start > from && /[A-Za-z0-9+/=\s]/.test(text[start - 1] ?? '')) start -= 1;
    from = end;
    return { start, end };
  });
}
