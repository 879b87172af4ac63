/** Takes away exactly what an installation wrote. */
import path from 'node:path';
import { contentOf, removeFile, removeFolder } from './files.js';
import { PACKAGE_FILE } from './plugin-files.js';
import { RECEIPT_FILE, readReceipt } from './receipt.js';

export interface Uninstalled {
  /** Number of files. */
  readonly removed: number;
  /** Paths of files that were changed after the installation: they are somebody's work now. */
  readonly kept: readonly string[];
}

/**
 * undefined when nothing of ours is there.
 * @throws CosmosError plugin_install_failed when the system refuses a file; doing it again goes on from there.
 */
export async function uninstallPlugin(preferences: string): Promise<Uninstalled | undefined> {
  const receipt = await readReceipt(preferences);
  if (receipt === undefined) return undefined;
  const kept: string[] = [];
  let removed = 0;
  for (const [name, ours] of packageFileFirst(receipt.files)) {
    const file = path.join(preferences, name);
    const content = await contentOf(file);
    if (content !== 'absent' && !ours.includes(content)) {
      kept.push(file);
      continue;
    }
    await removeFile(file); // an absent one too: what Python compiled from it may still be there
    if (content !== 'absent') removed += 1;
  }
  await removeFile(path.join(preferences, RECEIPT_FILE)); // the last file, so that a cut-off one can be done again
  for (const folder of innerFirst(receipt.folders)) await removeFolder(path.join(preferences, folder));
  return { removed, kept };
}

/** Houdini must not load what is half gone. */
function packageFileFirst(files: Readonly<Record<string, readonly string[]>>) {
  const isFirst = ([name]: readonly [string, ...unknown[]]) => name === PACKAGE_FILE;
  const all = Object.entries(files);
  return [...all.filter(isFirst), ...all.filter((entry) => !isFirst(entry))];
}

function innerFirst(folders: readonly string[]): string[] {
  return [...folders].sort((a, b) => b.length - a.length);
}
