/** "Did you mean": finds the names that are similar to an unknown one. */
import { distance } from 'fastest-levenshtein';

/**
 * Names that begin with the wanted one or differ from it by a third of its letters or less, whatever the case;
 * the nearest first, of equal ones the shortest.
 */
export function nearest(wanted: string, names: Iterable<string>, most = 3): string[] {
  const word = wanted.toLowerCase();
  const allowed = Math.max(2, Math.floor(word.length / 3));
  const slipsOf = (name: string) => {
    if (name.startsWith(word) && word !== '') return 0;
    // The least number of different letters. An exact count costs time in proportion to the product of both lengths.
    const least = Math.abs(name.length - word.length);
    return least > allowed ? least : distance(word, name);
  };
  return [...new Set(names)]
    .map((name) => ({ name, slips: slipsOf(name.toLowerCase()) }))
    .filter(({ slips }) => slips <= allowed)
    .sort((a, b) => a.slips - b.slips || a.name.length - b.name.length)
    .slice(0, most)
    .map(({ name }) => name);
}

/** " Did you mean a or b?", or nothing; to be appended to a sentence. */
export function didYouMean(names: readonly string[]): string {
  return names.length === 0 ? '' : ` Did you mean ${names.join(' or ')}?`;
}
