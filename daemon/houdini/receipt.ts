/**
 * What an installation wrote, kept beside it. It tells an upgrade which files it may replace, and an uninstallation which
 * it may remove. It is written before the first file, so that an interrupted installation is noticed and can be undone.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { CosmosError, errnoOf } from '../errors.js';
import { PLUGIN_FOLDER } from './plugin-files.js';

export const RECEIPT_FILE = `${PLUGIN_FOLDER}/installed.json`;

/** Below the preference folder, with slashes; a damaged receipt must not lead anywhere else. */
const Inside = z.string().refine((name) => name.startsWith('packages') && !name.split(/[\\/]/).includes('..'));

export const Receipt = z.object({
  format: z.literal(1),
  /** Of the plugin. */
  version: z.string(),
  /** False until the last file is written. */
  complete: z.boolean(),
  /** Path -> SHA-256 of our contents there: one, or two while one replaces the other. */
  files: z.record(Inside, z.array(z.string())),
  /** Folders that were not there before. */
  folders: z.array(Inside),
});
export type Receipt = z.infer<typeof Receipt>;

/** undefined where nothing was installed. @throws CosmosError plugin_install_failed when it is damaged. */
export async function readReceipt(preferences: string): Promise<Receipt | undefined> {
  const file = path.join(preferences, RECEIPT_FILE);
  try {
    return Receipt.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return undefined;
    const remedy = `Delete ${path.join(preferences, PLUGIN_FOLDER)} and the file cosmos_bridge.json beside it by hand.`;
    const message = `${file}, which lists what was installed, is damaged. ${remedy}`;
    throw new CosmosError('plugin_install_failed', message, { files: [file] }, { cause: error });
  }
}
