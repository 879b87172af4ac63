/** One thing that fixing a spec did: nothing is lost from a file without a change that says so. */
import type { SpecPath } from '../../../schemas/spec/pydantic.js';

export interface Change {
  /** What was done, without a full stop: 'resolution is "720" now, not 720'. */
  readonly message: string;
  /** The complaint that it answers; absent where the message says it all. */
  readonly why?: string;
  /** Where a value changed: the sample of a .jsonl, counted from 0 (0 in other files), and the path inside it. */
  readonly sample?: number;
  readonly path?: SpecPath;
  /** Line of the file as it was, from 1; for what is no value: a comment, a comma. */
  readonly line?: number;
  /** What stood there, and what stands there now, as text of the file; absent = nothing. */
  readonly before?: string;
  readonly after?: string;
}

/** Characters of a value in a sentence; the whole of it is in `before` and `after`. */
const LONGEST = 60;

/** A value or comment on one line, short enough for a sentence. */
export function brief(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 3)}...` : line;
}
