/**
 * Decodes a text step by step (percent-encoding, escapes of JSON) and keeps the place of each character, so that
 * encoded secrets are found.
 */

/** A reading of a text that knows where each of its characters is written. */
export interface View {
  readonly text: string;
  /** Offset in the text as it is written, of the character at this offset of the reading. */
  readonly at: (offset: number) => number;
}

/** Encodings within encodings: a URL in a parameter of a URL, in a JSON text, in a log line. */
const ROUNDS = 4;

/** The text itself, then each reading of it that differs from the one before. */
export function readings(text: string): View[] {
  const found: View[] = [{ text, at: (offset) => offset }];
  for (let round = 0; round < ROUNDS; round += 1) {
    const last = found.at(-1);
    if (last === undefined) break;
    const next = decoded(last, round % 2 === 0 ? ESCAPES : PERCENT);
    if (next !== undefined) found.push(next);
  }
  return found;
}

interface Encoding {
  readonly pattern: RegExp;
  /** Characters of one match, each with the offset in the match at which it is written. */
  readonly read: (match: string) => { readonly text: string; readonly starts: readonly number[] };
}

const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const ESCAPES: Encoding = {
  pattern: /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|["'\\/bfnrt])/gi,
  read(match) {
    const code = match.length > 2 ? Number.parseInt(match.slice(2), 16) : undefined;
    const letter = match.slice(1);
    const text = code === undefined ? (CONTROLS[letter] ?? letter) : String.fromCharCode(code);
    return { text, starts: [0] };
  },
};

const PERCENT: Encoding = {
  pattern: /(?:%[0-9a-f]{2})+/gi,
  read(match) {
    const bytes = match
      .slice(1)
      .split('%')
      .map((hex) => Number.parseInt(hex, 16));
    let text = '';
    const starts: number[] = [];
    for (let at = 0; at < bytes.length; ) {
      const { character, length } = utf8At(bytes, at);
      for (let unit = 0; unit < character.length; unit += 1) starts.push(at * 3);
      text += character;
      at += length;
    }
    return { text, starts };
  },
};

/** The character that begins at a byte; a byte that begins none stands for itself. */
function utf8At(bytes: readonly number[], at: number): { readonly character: string; readonly length: number } {
  const first = bytes[at] ?? 0;
  const length = first >= 0xf0 && first < 0xf8 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  const rest = bytes.slice(at + 1, at + length);
  const isWhole = rest.length === length - 1 && rest.every((byte) => (byte & 0xc0) === 0x80);
  if (length === 1 || first >= 0xf8 || !isWhole) return { character: String.fromCharCode(first), length: 1 };
  const code = rest.reduce((sum, byte) => sum * 64 + (byte & 0x3f), first & (0xff >> (length + 1)));
  return { character: code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code), length };
}

function decoded(view: View, { pattern, read }: Encoding): View | undefined {
  const pieces: string[] = [];
  const places = new Uint32Array(view.text.length + 1);
  let [length, from] = [0, 0];
  const copy = (to: number) => {
    pieces.push(view.text.slice(from, to));
    for (let at = from; at < to; at += 1) places[length++] = view.at(at);
  };
  for (const match of view.text.matchAll(pattern)) {
    const { text, starts } = read(match[0]);
    copy(match.index);
    pieces.push(text);
    for (const start of starts) places[length++] = view.at(match.index + start);
    from = match.index + match[0].length;
  }
  if (from === 0) return undefined;
  copy(view.text.length);
  places[length] = view.at(view.text.length);
  return { text: pieces.join(''), at: (offset) => places[offset] ?? 0 };
}
