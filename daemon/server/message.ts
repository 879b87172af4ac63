/**
 * Parses the bytes of a message. Short JSON can take long: four megabytes of brackets take half a second to parse,
 * where the text of a spec of that size takes about ten milliseconds. So brackets and commas are counted first.
 */

/** Most levels of lists and objects; a spec in `set` has less than ten. */
const MAX_DEPTH = 64;
/** Most values in a message; a submit of ten thousand clips has ten thousand. */
const MAX_VALUES = 100_000;

export type Message =
  | { readonly kind: 'value'; readonly value: unknown }
  /** Why the message is refused, as a sentence. */
  | { readonly kind: 'broken' | 'refused'; readonly sentence: string };

export function readMessage(bytes: Buffer): Message {
  const objection = tooCostly(bytes);
  if (objection !== undefined) return { kind: 'refused', sentence: objection };
  try {
    return { kind: 'value', value: JSON.parse(bytes.toString('utf8')) };
  } catch {
    return { kind: 'broken', sentence: 'This is not JSON.' }; // JSON.parse's own reason would not help the client
  }
}

/** In UTF-8 no byte of a longer character is an ASCII one, so bytes can be counted. */
function tooCostly(bytes: Buffer): string | undefined {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case QUOTE:
        at = endOfString(bytes, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        depth++;
        values++;
        if (depth > MAX_DEPTH) return `A message holds at most ${MAX_DEPTH} lists and objects inside one another.`;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth--;
        break;
      case COMMA:
        values++;
        break;
    }
    if (values > MAX_VALUES) return `A message holds at most ${MAX_VALUES} values; send several.`;
  }
  return undefined;
}

/** Index of the quote that ends the string which begins at `from`, or of the last byte. */
function endOfString(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(QUOTE, from + 1); at !== -1; at = bytes.indexOf(QUOTE, at + 1)) {
    let escapes = 0;
    while (bytes[at - 1 - escapes] === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return at;
  }
  return bytes.length - 1;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
