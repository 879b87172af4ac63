/** Edits of a text: moved with a part of it, and whether they touch each other. */
import type { OffsetEdit } from '../../../../schemas/spec/json-edits.js';

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
