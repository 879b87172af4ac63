/** Folders that never rest: looks at them take a share of the time, and whoever asks is answered. Pure. */
import type { Listing } from './listing.js';
import type { Readiness } from './settle.js';

/** Milliseconds after which a look at files that keep changing says so. */
export const RESTLESS_MS = 2000;
/** After a look a clip rests this many times as long as the look took, and no longer than so many milliseconds. */
const REST = 3;
const LONGEST_REST = 2000;

/** Milliseconds in which events do not make a clip be looked at again. @param took milliseconds of the last look */
export function restAfter(took: number): number {
  return Math.min(LONGEST_REST, took * REST);
}

/** The last name that is not what it was; undefined = nothing changed. */
export function changedBetween(before: Listing, after: Listing): string | undefined {
  const known = new Map(before.files.map((file) => [file.name, `${file.size} ${file.mtimeMs}`]));
  return after.files.findLast(({ name, size, mtimeMs }) => known.get(name) !== `${size} ${mtimeMs}`)?.name;
}

/** The readiness on files that change while they are looked at. @param now monotonic milliseconds */
export function restless(readiness: Readiness, last: string, now: number): Readiness {
  const reason = `settling: files keep changing; last: ${last}`;
  return { ...readiness, state: 'settling', reason, wants: [], recheckAt: now + RESTLESS_MS };
}
