/** Turns offsets of a text into lines and columns, as editors count them. */
export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

export class Positions {
  /** Offset at which each line begins. */
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) this.starts.push(index + end.length);
  }

  at(offset: number): Position {
    const line = this.lineOf(offset);
    return { line, column: offset - (this.starts[line - 1] ?? 0) + 1 };
  }

  offsetOf({ line, column }: Position): number {
    return (this.starts[line - 1] ?? 0) + column - 1;
  }

  /** Binary search: the last line that begins at or before the offset. */
  private lineOf(offset: number): number {
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

/** A range as reports write it. @param end excluded. */
export function rangeOf(positions: Positions, start: number, end: number) {
  const from = positions.at(start);
  const to = positions.at(end);
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
