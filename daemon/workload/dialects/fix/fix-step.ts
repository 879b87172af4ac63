/** One change that fixing a spec made; whatever is lost from a file has one that says so. */
import type { SpecPath } from '../../../../schemas/spec/pydantic.js';

export interface FixStep {
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

/** A value that was rewritten in one round and taken out in a later one was taken out as it stood in the file. */
export function summed(changes: readonly FixStep[]): FixStep[] {
  const sum: FixStep[] = [];
  for (const change of changes) {
    const earlier = sum.findIndex((one) => isRewrittenFor(one, change));
    const [first] = earlier < 0 ? [] : sum.splice(earlier, 1);
    sum.push(first?.before === undefined ? change : removal(change, first.before));
  }
  return sum;
}

/** One complaint twice at one place is about a key that stands twice: those are two values. */
function isRewrittenFor(one: FixStep, { sample, path, before, after, why }: FixStep): boolean {
  if (before === undefined || after !== undefined || path === undefined || one.path === undefined) return false;
  if (one.why === why) return false;
  return one.sample === sample && one.after === before && one.path.join('\0') === path.join('\0');
}

function removal({ path = [], ...change }: FixStep, before: string): FixStep {
  return { ...change, path, message: tookOut(path, before), before };
}

/** 'took out edge.control_weight: 0.5' */
export function tookOut(path: SpecPath, before: string): string {
  return `took out ${path.join('.')}: ${brief(before)}`;
}
