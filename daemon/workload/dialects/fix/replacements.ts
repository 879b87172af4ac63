/** Replacements in a text. */
import type { OffsetEdit } from '../repair.js';

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

/** Edits of a part of the text that begins at `offset`. */
export function shifted(edits: readonly OffsetEdit[], offset: number): OffsetEdit[] {
  return edits.map(({ start, end, text }) => ({ start: start + offset, end: end + offset, text }));
}

/** Do any two of them touch the same characters, or insert at the same place? */
export function overlap(edits: readonly OffsetEdit[]): boolean {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  return ordered.some(({ start }, index) => {
    const before = ordered[index - 1];
    return before !== undefined && (start < before.end || start === before.start);
  });
}
