/**
 * Edits of the text of a JSON object that leave everything else as it is: comments, indentation, line ends. The reader
 * of the text is the caller's; here counts only where keys and values stand. Pure.
 */

/** Replaces a part of a text. Offsets are in UTF-16 units, `end` exclusive. */
export interface OffsetEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Span = Pick<OffsetEdit, 'start' | 'end'>;

/** Where a key and its value stand in a text. */
export interface JsonMember {
  readonly key: Span;
  readonly value: Span;
}

/** Puts a JSON value in the place of a key or a value. */
export function replaced({ start, end }: Span, value: unknown): OffsetEdit {
  return { start, end, text: JSON.stringify(value) };
}

/** A comma behind the last member, which editors accept, with spaces and comments before it. */
const TRAILING_COMMA = /(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*,/y;

/** Removes a member of an object with the comma that goes with it: the one behind, or before the last member. */
export function removed(text: string, members: readonly JsonMember[], member: JsonMember): OffsetEdit {
  const index = members.indexOf(member);
  const [before, after] = [members[index - 1], members[index + 1]];
  if (after !== undefined) return { start: member.key.start, end: after.key.start, text: '' };
  if (before !== undefined) return { start: before.value.end, end: member.value.end, text: '' };
  TRAILING_COMMA.lastIndex = member.value.end;
  const [comma = ''] = TRAILING_COMMA.exec(text) ?? [];
  return { start: member.key.start, end: member.value.end + comma.length, text: '' };
}

/**
 * Adds a member behind the last one, on a line of its own where the members have theirs.
 * @param object where the object begins, and its members.
 */
export function added(
  text: string,
  { start, members }: { readonly start: number; readonly members: readonly JsonMember[] },
  key: string,
  value: unknown,
): OffsetEdit {
  const pair = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const last = members.at(-1);
  if (last === undefined) return { start: start + 1, end: start + 1, text: pair };
  const [, lineEnd, indent] = /(\r\n|\n|\r)([ \t]*)$/.exec(text.slice(start, last.key.start)) ?? [];
  const between = lineEnd === undefined ? ' ' : `${lineEnd}${indent}`;
  return { start: last.value.end, end: last.value.end, text: `,${between}${pair}` };
}

/** The text after edits that do not overlap; insertions at one place keep their order. */
export function applyEdits(text: string, edits: readonly OffsetEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text: put } of ordered) {
    pieces.push(text.slice(at, start), put);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}
