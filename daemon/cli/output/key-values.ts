/** One thing in detail: dim names on the left, values on the right, long values wrapped under themselves. */
import stringWidth from 'string-width';
import type { Colors } from './colors.js';

/** A value of null or '' leaves its line out. */
export type Fields = Readonly<Record<string, string | null>>;

export function renderFields(fields: Fields, { colors, width }: { colors: Colors; width: number }): string {
  const shown = Object.entries(fields).filter((entry): entry is [string, string] => (entry[1] ?? '') !== '');
  const label = Math.max(0, ...shown.map(([name]) => stringWidth(name))) + 2;
  const room = Math.max(20, width - label);
  return shown
    .map(([name, value]) => {
      const lines = value.split('\n').flatMap((line) => wrap(line, room));
      const head = colors.dim(name) + ' '.repeat(label - stringWidth(name));
      return head + lines.join(`\n${' '.repeat(label)}`);
    })
    .join('\n');
}

/** Breaks at blanks; a word longer than the room (a path) stays whole, so that it can be copied. */
export function wrap(text: string, room: number): string[] {
  if (stringWidth(text) <= room) return [text];
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1] ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if (last !== '' && stringWidth(longer) > room) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
