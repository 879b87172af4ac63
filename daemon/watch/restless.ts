/** Clips that never stop changing: looks at them take only a share of the time, and still give an answer. Pure. */
import type { Listing } from './listing.js';
import type { Readiness } from './settle.js';

/** Milliseconds after which a look ends with the answer that the files keep changing. */
export const RESTLESS_MS = 2000;
/** After a look, events are ignored for so many times its duration, and at most for so many milliseconds. */
const REST = 3;
const LONGEST_REST = 2000;

/** Milliseconds in which events cause no look. @param took milliseconds of the last look */
export function restAfter(took: number): number {
  return Math.min(LONGEST_REST, took * REST);
}

/** The last name that has changed; undefined = nothing has. */
export function changedBetween(before: Listing, after: Listing): string | undefined {
  const known = new Map(before.files.map((file) => [file.name, `${file.size} ${file.mtimeMs}`]));
  return after.files.findLast(({ name, size, mtimeMs }) => known.get(name) !== `${size} ${mtimeMs}`)?.name;
}

/** The answer about files that change during the look. @param now monotonic milliseconds */
export function restless(readiness: Readiness, last: string, now: number): Readiness {
  const reason = `settling: files keep changing; last: ${last}`;
  return { ...readiness, state: 'settling', reason, wants: [], recheckAt: now + RESTLESS_MS };
}
