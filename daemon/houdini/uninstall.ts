/** Removes exactly the files that an installation wrote. */
import path from 'node:path';
import { allOf, contentOf, removeFile, removeFolder } from './files.js';
import { PACKAGE_FILE } from './plugin-files.js';
import { RECEIPT_FILE, readReceipt } from './receipt.js';

export interface Uninstalled {
  /** Number of files. */
  readonly removed: number;
  /** Paths of files that were changed after the installation; they are kept, because a user edited them. */
  readonly kept: readonly string[];
}

/**
 * undefined when the plugin is not installed there.
 * @throws CosmosError plugin_install_failed when the system refuses a file; a second call continues from there.
 */
export async function uninstallPlugin(preferences: string): Promise<Uninstalled | undefined> {
  const receipt = await readReceipt(preferences);
  if (receipt === undefined) return undefined;
  const files = Object.entries(receipt.files).map(([name, ours]) => ({
    name,
    file: path.join(preferences, name),
    ours,
  }));
  const [first, rest] = [files.filter(isPackageFile), files.filter((each) => !isPackageFile(each))];
  const fates = [...(await allOf(first.map(takeAway))), ...(await allOf(rest.map(takeAway)))];
  await removeFile(path.join(preferences, RECEIPT_FILE)); // removed last, so that an interrupted uninstallation can be repeated
  for (const folder of innerFirst(receipt.folders)) await removeFolder(path.join(preferences, folder));
  return {
    removed: fates.filter(({ fate }) => fate === 'removed').length,
    kept: fates.filter(({ fate }) => fate === 'kept').map(({ file }) => file),
  };
}

/** A file of the receipt, and the contents that are ours. */
interface Listed {
  readonly name: string;
  readonly file: string;
  readonly ours: readonly string[];
}

async function takeAway({ file, ours }: Listed): Promise<{ file: string; fate: 'removed' | 'kept' | 'absent' }> {
  const content = await contentOf(file);
  if (content !== 'absent' && !ours.includes(content)) return { file, fate: 'kept' };
  await removeFile(file); // an absent one too: what Python compiled from it may still be there
  return { file, fate: content === 'absent' ? 'absent' : 'removed' };
}

/** Removed first: Houdini must not load a plugin that is partly removed. */
function isPackageFile({ name }: Listed): boolean {
  return name === PACKAGE_FILE;
}

function innerFirst(folders: readonly string[]): string[] {
  return [...folders].sort((a, b) => b.length - a.length);
}
