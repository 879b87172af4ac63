/** The plugin as it was built, read whole: what is installed, and what it is compared with. */
import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CosmosError } from '../errors.js';

/** The one file that Houdini looks for: without it nothing of the plugin is loaded. */
export const PACKAGE_FILE = 'packages/cosmos_bridge.json';
/** Folder of all the rest. */
export const PLUGIN_FOLDER = 'packages/cosmos_bridge';

export interface PluginFile {
  /** Below the preference folder, with slashes. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** @throws CosmosError not_found when it was not built yet, naming the command that does. */
export async function readPlugin(folder: string): Promise<PluginFile[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const found = names.filter(isShipped).map((entry) => path.join(entry.parentPath, entry.name));
  const files = await Promise.all(found.map((file) => readPluginFile(folder, file)));
  if (files.some((file) => file.path === PACKAGE_FILE)) return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const message = `The Houdini plugin is not in ${folder}; make it with: npm run houdini.`;
  throw new CosmosError('not_found', message, { folder });
}

/** Compiled files, which a Houdini leaves when it runs the plugin from the build folder. */
function isShipped(entry: Dirent): boolean {
  return entry.isFile() && path.basename(entry.parentPath) !== '__pycache__';
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readPluginFile(folder: string, file: string): Promise<PluginFile> {
  const bytes = await readFile(file);
  return { path: path.relative(folder, file).split(path.sep).join('/'), bytes, sha256: sha256Of(bytes) };
}
