/**
 * Puts the plugin into one preference folder. Houdini sees all of it or nothing: the package file is removed first and
 * written last.
 */
import path from 'node:path';
import { allOf, contentOf, putFile, removeFile } from './files.js';
import { foldersOf, ourContents, refuseForeignFiles, refuseLinkedFolders } from './foreign-files.js';
import { PACKAGE_FILE, type PluginFile } from './plugin-files.js';
import { RECEIPT_FILE, type Receipt, readReceipt } from './receipt.js';

/** `repaired`: of the same version, but something was missing or half done. */
export type InstallAction = 'installed' | 'upgraded' | 'repaired' | 'unchanged';

/**
 * Doing it twice changes nothing.
 * @param preferences the folder; it must exist
 * @throws CosmosError plugin_install_failed when a file that we did not write, or that was changed since, is in the way:
 * nothing is changed then. Also when the system refuses a file; a second call continues from there.
 */
export async function installPlugin(
  preferences: string,
  files: readonly PluginFile[],
  version: string,
): Promise<InstallAction> {
  const old = await readReceipt(preferences);
  const ours = ourContents(files, old);
  const there = await contentsOf(preferences, Object.keys(ours));
  refuseForeignFiles(preferences, ours, there);
  await refuseLinkedFolders(preferences, files);
  const action = actionFor(files, old, there, version);
  if (action !== 'unchanged') await write(preferences, files, version, { ours, old });
  return action;
}

function actionFor(
  files: readonly PluginFile[],
  old: Receipt | undefined,
  there: ReadonlyMap<string, string>,
  version: string,
): InstallAction {
  if (old === undefined) return 'installed';
  if (old.version !== version) return 'upgraded';
  const same = there.size === files.length && files.every((file) => there.get(file.path) === file.sha256);
  return same && old.complete ? 'unchanged' : 'repaired';
}

async function write(
  preferences: string,
  files: readonly PluginFile[],
  version: string,
  { ours, old }: { ours: Receipt['files']; old: Receipt | undefined },
): Promise<void> {
  const at = (name: string) => path.join(preferences, name);
  const wanted = new Map(files.map((file) => [file.path, file]));
  const folders = [...new Set([...(old?.folders ?? []), ...(await missingFolders(preferences, files))])];
  const keep = (receipt: Pick<Receipt, 'complete' | 'files'>) =>
    putFile(at(RECEIPT_FILE), `${JSON.stringify({ format: 1, version, ...receipt, folders }, null, 2)}\n`);

  await keep({ complete: false, files: ours });
  await removeFile(at(PACKAGE_FILE));
  const obsolete = Object.keys(ours).filter((name) => !wanted.has(name));
  await allOf(obsolete.map((name) => removeFile(at(name))));
  await allOf(files.filter((file) => !isPackageFile(file)).map((file) => putFile(at(file.path), file.bytes)));
  await allOf(files.filter(isPackageFile).map((file) => putFile(at(file.path), file.bytes)));
  await keep({ complete: true, files: Object.fromEntries(files.map((file) => [file.path, [file.sha256]])) });
}

function isPackageFile(file: PluginFile): boolean {
  return file.path === PACKAGE_FILE;
}

/** Folders that the installation creates, so that the uninstallation may remove them. */
async function missingFolders(preferences: string, files: readonly PluginFile[]): Promise<string[]> {
  const there = await contentsOf(preferences, foldersOf(files));
  return [...there].flatMap(([name, content]) => (content === 'absent' ? [name] : []));
}

/** The present content at each path, as `contentOf` gives it. */
async function contentsOf(preferences: string, names: readonly string[]): Promise<Map<string, string>> {
  const looks = names.map(async (name) => [name, await contentOf(path.join(preferences, name))] as const);
  return new Map(await Promise.all(looks));
}
