/**
 * Lays out one thing in detail: dim names on the left, values on the right, long values wrapped below their beginning.
 */
import stringWidth from 'fast-string-width';
import type { Surface } from './door.js';
import { unsealed } from './seal.js';

/** A list is several lines; a value of null, '' or [] leaves its line out. */
export type Fields = Readonly<Record<string, string | readonly string[] | null>>;

export function renderFields(fields: Fields, surface: Surface): string[] {
  const { colors, width } = surface;
  const shown = Object.entries(fields).map(([name, value]) => ({ name, lines: linesOf(value, surface) }));
  const filled = shown.filter(({ lines }) => lines.length > 0);
  const label = Math.max(0, ...filled.map(({ name }) => stringWidth(name))) + 2;
  const room = Math.max(20, width - label);
  return filled.flatMap(({ name, lines }) => {
    const head = colors.dim(name) + ' '.repeat(label - stringWidth(name));
    return lines.flatMap((line) => wrap(line, room)).map((line, i) => (i === 0 ? head : ' '.repeat(label)) + line);
  });
}

/** Where line ends are not made visible, each begins a new line here. */
function linesOf(value: Fields[string], surface: Surface): string[] {
  const shown = typeof value === 'string' ? [surface.line(value)] : (value ?? []).map((line) => lineOf(line, surface));
  const text = shown.join('\n');
  return text === '' ? [] : text.split('\n');
}

/** The CR of CR LF is not shown: texts from Windows end their lines so. */
function lineOf(line: string, surface: Surface): string {
  const shown = surface.line(line);
  return shown === line ? line : surface.line(line.replace(/\r$/, ''));
}

/** Breaks at blanks; a word longer than the room (a path) stays whole, so that it can be copied. */
export function wrap(text: string, room: number): string[] {
  if (cells(text) <= room) return [text];
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1] ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if (last !== '' && cells(longer) > room) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function cells(text: string): number {
  return stringWidth(unsealed(text));
}
