/** "Did you mean": the nearest of some names. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { distance } from 'fastest-levenshtein';

/** Names that differ by a third of their letters or less, the nearest first, at most three. */
export function nearest(name: string, names: readonly string[]): string[] {
  return names
    .map((other) => ({ other, far: distance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ far }) => far <= Math.max(2, Math.floor(name.length / 3)))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ other }) => other);
}

/** The file beside a missing one whose name is nearest; null when there is none, or no such folder. */
export async function nearestFile(file: string): Promise<string | null> {
  const folder = path.dirname(file);
  const names = await readdir(folder).catch(() => []); // no such folder: nothing is near
  const [name] = nearest(path.basename(file), names);
  return name === undefined ? null : path.join(folder, name);
}
