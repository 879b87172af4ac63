/** Decides whether a path of a spec stays below the folder that the spec may read. */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { isInside } from '../../local-path.js';

/** For paths as `file` writes them. Links are followed, so that none leads out; what is not there is judged by name. */
export function insideOf(file: string, root: string): (named: string) => boolean {
  const folder = path.dirname(path.resolve(file));
  const real = realOf(root);
  return (named) => isInside(realOf(path.resolve(folder, named)), real);
}

function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    // The part that exists decides: a missing file below a link that leads out is outside too.
    const parent = path.dirname(file);
    return parent === file ? file : path.join(realOf(parent), path.basename(file));
  }
}
