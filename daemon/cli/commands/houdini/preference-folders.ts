/** Which preference folders a verb is about. */
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { CosmosError } from '../../../errors.js';
import { findPreferences, type Preferences, versionInName } from '../../../houdini/preferences.js';

export interface FolderFilter {
  /** One folder, wherever it is. */
  readonly prefs?: string | undefined;
  /** One version, such as "21.0". */
  readonly houdini?: string | undefined;
}

/** The named one, else all on this computer. @throws CosmosError not_found when there is none. */
export async function preferenceFolders({ prefs, houdini }: FolderFilter): Promise<Preferences[]> {
  if (prefs !== undefined) return [{ houdini: houdini ?? versionInName(prefs), folder: existing(path.resolve(prefs)) }];
  const found = await findPreferences({ platform: process.platform, env: process.env, home: homedir() });
  const fitting = houdini === undefined ? found : found.filter((each) => each.houdini === houdini);
  if (fitting.length > 0) return fitting;
  const whose = houdini === undefined ? 'No Houdini' : `No Houdini ${houdini}`;
  const message = `${whose} has a preference folder here. Start it once, or name the folder with --prefs.`;
  throw new CosmosError('not_found', message, { candidates: found.map(({ folder }) => folder) });
}

function existing(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new CosmosError('not_found', `There is no folder ${folder}. Start that Houdini once, then again.`, { folder });
}

/** As a person calls it. */
export function nameOf({ houdini, folder }: Preferences): string {
  return houdini === null ? folder : `Houdini ${houdini}`;
}
