/** A spec that was found in a watched folder may read only below it: whoever can write there must not reach further. */
import { CosmosError } from '../../errors.js';
import { disks } from '../../foreign/all-disks.js';
import { isInside } from '../../local-path.js';

export interface Rooted {
  /** The spec. */
  readonly file: string;
  /** Folder that it may read below; null = it was submitted by a person and may read what they may. */
  readonly root: string | null;
}

/** @param real path of the named file with every link resolved. @throws CosmosError spec_invalid */
export async function requireInside({ file, root }: Rooted, named: string, real: string): Promise<void> {
  if (root === null || isInside(real, (await disks.whereabouts(root)).real)) return;
  const message = `${file} reads ${named}, which is outside the watched folder ${root}; copy the file into it.`;
  throw new CosmosError('spec_invalid', message, { file, outside: named });
}
