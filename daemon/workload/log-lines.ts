/** Splits a growing log into complete lines, with the byte at which each begins. */

/** A longer line is cut: a log without line ends must not fill the memory. */
const LONGEST_LINE = 64 * 1024;
/** A line that is still being written is looked at up to here, in bytes: a progress bar is shorter. */
const LONGEST_REST = 4 * 1024;
const LF = 0x0a;
const CR = 0x0d;

export interface LogLine {
  readonly text: string;
  /** Byte of the log at which it begins. */
  readonly at: number;
}

/**
 * Bytes in, cut anywhere; whole lines out. Both \n and \r end a line, because progress bars overwrite themselves by \r.
 * Lines are decoded only when they are complete, so a character cut in two is never seen half.
 */
export class LogLines {
  private pending = Buffer.alloc(0);
  /** Byte of the log at which `pending` begins. */
  private at = 0;

  /** The lines that these bytes completed; empty lines are left out. */
  push(bytes: Uint8Array): LogLine[] {
    const all = this.pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.pending, bytes]);
    const lines: LogLine[] = [];
    let begin = 0;
    for (let i = this.pending.length; i < all.length; i++) {
      const ends = all[i] === LF || all[i] === CR;
      if (!ends && i - begin + 1 < LONGEST_LINE) continue;
      const text = all.toString('utf8', begin, ends ? i : i + 1);
      if (text !== '') lines.push({ text, at: this.at + begin });
      begin = i + 1;
    }
    this.pending = all.subarray(begin);
    this.at += begin;
    return lines;
  }

  /** So many bytes are missing here; the line before them stays a piece. */
  skip(bytes: number): void {
    this.at += this.pending.length + bytes;
    this.pending = Buffer.alloc(0);
  }

  /** The line that has not ended yet; a bar is followed by its \r only when the next one is drawn, a step later. */
  rest(): LogLine | undefined {
    if (this.pending.length === 0 || this.pending.length > LONGEST_REST) return undefined;
    return { text: this.pending.toString('utf8'), at: this.at };
  }
}
