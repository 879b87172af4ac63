/** Finds damage in text that people wrote: characters that no keyboard produces. */
import * as z from 'zod';

/**
 * Control characters but for tab and line ends, halves of a surrogate pair, code points that are no characters, and the
 * mark that a program puts where it lost one (U+FFFD). People do not type them; they appear where a text was damaged.
 */
const DAMAGE = /(?![\t\n\r])\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}|\ufffd/u;

export interface Damage {
  /** UTF-16 units before it. */
  readonly offset: number;
  /** "a NUL (U+0000)" */
  readonly says: string;
}

/** The first damaged place of a text; null = there is none. */
export function damageIn(text: string): Damage | null {
  const found = DAMAGE.exec(text);
  return found === null ? null : { offset: found.index, says: sayDamage(found[0].codePointAt(0) ?? 0) };
}

function sayDamage(code: number): string {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (code === 0) return `a NUL (${name})`;
  if (code === 0xfffd) return `a replacement character (${name}), where a program has lost a letter`;
  if (code >= 0xd800 && code <= 0xdfff) return `half a character (${name})`;
  if (code < 0xa0) return `a control character (${name})`;
  return `${name}, which is no character`;
}

/** As editors count: both from 1, columns in UTF-16 units; lines end with CR, LF or both. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export function placeIn(text: string, offset: number): TextPlace {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** A text for a prompt, a name or a label: nothing damaged gets in. */
export const PlainText = z.string().superRefine((text, context) => {
  const problem = problemOf(text);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

/** Values of a spec as JSON; every text in them is a {@link PlainText}, names of keys too. */
export const PlainJson = z.json().superRefine((value, context) => {
  for (const { path, text } of textsIn(value)) {
    const problem = problemOf(text);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem, path });
  }
});

function problemOf(text: string): string | null {
  const damage = damageIn(text);
  if (damage === null) return null;
  const { line, column } = placeIn(text, damage.offset);
  const where = line === 1 ? `at character ${column}` : `at character ${column} of its line ${line}`;
  return `${where} the text holds ${damage.says}; write it again there`;
}

interface PlacedText {
  readonly path: (string | number)[];
  readonly text: string;
}

function textsIn(value: z.core.util.JSONType): PlacedText[] {
  if (typeof value === 'string') return [{ path: [], text: value }];
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, z.core.util.JSONType][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, inner]) => [
    { path: [], text: String(key) },
    ...textsIn(inner).map(({ path, text }) => ({ path: [key, ...path], text })),
  ]);
}
