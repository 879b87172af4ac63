/** The content key of a clip: the same for the same files with the same sizes and times. Pure. */
import { createHash } from 'node:crypto';
import type { ListedFile } from './listing.js';

/** SHA-256 (hex) over names, sizes and times, in the order of the names. */
export function contentKey(files: readonly ListedFile[]): string {
  const hash = createHash('sha256');
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, size, mtimeMs, problem } of sorted)
    hash.update(`${name}\0${size}\0${mtimeMs}\0${problem ?? ''}\n`);
  return hash.digest('hex');
}
