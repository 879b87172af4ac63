/** The file that a missing one may have been meant to be. */
import path from 'node:path';
import { namesIn } from '../../foreign/folder.js';
import { nearest } from '../../near.js';

/** The file beside a missing one whose name is nearest; null when there is none, or no such folder. */
export async function nearestFile(file: string): Promise<string | null> {
  const folder = path.dirname(file);
  const { names } = await namesIn(folder).catch(() => ({ names: [] })); // no such folder: nothing is near
  const [name] = nearest(path.basename(file), names, 1);
  return name === undefined ? null : path.join(folder, name);
}
