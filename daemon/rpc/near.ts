/** "Did you mean": names like the one that was asked for. */
import { distance } from 'fastest-levenshtein';

/** At most three of `names` that a slip of the finger turns into `wanted`, or that begin with it; best first. */
export function nearest(wanted: string, names: Iterable<string>): string[] {
  const slips = Math.max(2, Math.floor(wanted.length / 4));
  return [...new Set(names)]
    .map((name) => ({ name, slips: name.startsWith(wanted) ? 0 : distance(wanted, name) }))
    .filter((candidate) => candidate.slips <= slips)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** " Did you mean "a" or "b"?", or nothing. */
export function didYouMean(names: readonly string[]): string {
  if (names.length === 0) return '';
  return ` Did you mean ${names.map((name) => `"${name}"`).join(' or ')}?`;
}
