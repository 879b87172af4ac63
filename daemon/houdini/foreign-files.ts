/** Files at the plugin's place that our installer did not write, and so must not replace. */
import path from 'node:path';
import { CosmosError } from '../errors.js';
import { contentOf } from './files.js';
import { PLUGIN_FOLDER, type PluginFile } from './plugin-files.js';
import type { Receipt } from './receipt.js';

/** Folders of the files, the outer before the inner: "packages", "packages/cosmos_bridge" ... */
export function foldersOf(files: readonly Pick<PluginFile, 'path'>[]): string[] {
  const folders = files.flatMap((file) => {
    const parts = file.path.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  });
  return [...new Set(folders)].sort();
}

/** Path -> hashes of the contents that we may have written there: those of `files` and those of the receipt. */
export function ourContents(files: readonly PluginFile[], receipt: Receipt | undefined): Receipt['files'] {
  const ours: Receipt['files'] = { ...receipt?.files };
  for (const { path: name, sha256 } of files) ours[name] = [...new Set([...(ours[name] ?? []), sha256])];
  return ours;
}

/**
 * @param there the present content at each path of `ours`
 * @throws CosmosError plugin_install_failed when we did not write it, or it was changed since.
 */
export function refuseForeignFiles(
  preferences: string,
  ours: Receipt['files'],
  there: ReadonlyMap<string, string>,
): void {
  const strange = [...there].filter(([name, content]) => content !== 'absent' && !ours[name]?.includes(content));
  refuse(strange.map(([name]) => path.join(preferences, name)));
}

/** A linked folder is probably a developer's working copy. `packages` itself may be a link: it belongs to the user. */
export async function refuseLinkedFolders(preferences: string, files: readonly PluginFile[]): Promise<void> {
  const folders = foldersOf(files).filter((name) => name.startsWith(PLUGIN_FOLDER));
  const looks = folders.map(async (name) => {
    const folder = path.join(preferences, name);
    return ['absent', 'folder'].includes(await contentOf(folder)) ? [] : [folder];
  });
  refuse((await Promise.all(looks)).flat());
}

function refuse(files: string[]): void {
  const [first] = files;
  if (first === undefined) return;
  const more = files.length === 1 ? '' : ` and ${files.length - 1} more`;
  const message = `${first}${more} did not come from this installer, or was changed since; move it away, then again.`;
  throw new CosmosError('plugin_install_failed', message, { files });
}
