/** Splits text into lines as Python does. */

export interface TextLine {
  readonly start: number;
  readonly end: number;
}

const SEPARATORS = String.fromCharCode(0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029);
const LINE_END = new RegExp(`\\r\\n|[\\n\\v\\f\\r${SEPARATORS}]`, 'g');

/**
 * The lines of `str.splitlines()` after `Path.read_text()`: also \v, \f, file/group/record separators, NEL and the
 * Unicode line and paragraph separators end a line, even inside a JSON string. No line after a final line end.
 */
export function splitLines(text: string): TextLine[] {
  const lines: TextLine[] = [];
  let start = 0;
  for (const match of text.matchAll(LINE_END)) {
    lines.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  if (start < text.length) lines.push({ start, end: text.length });
  return lines;
}
