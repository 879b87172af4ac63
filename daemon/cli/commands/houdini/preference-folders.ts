/** Finds the preference folders of Houdini that a command works on. */
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { CosmosError } from '../../../errors.js';
import { findPreferences, type Preferences, versionInName } from '../../../houdini/preferences.js';

export interface FolderFilter {
  /** This folder only, wherever it is. */
  readonly prefs?: string | undefined;
  /** The folder of this version only, such as "21.0". */
  readonly houdini?: string | undefined;
}

/** The folder that was named, else all on this computer. @throws CosmosError not_found when there is none. */
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

/** The name of a preference folder in messages. */
export function nameOf({ houdini, folder }: Preferences): string {
  return houdini === null ? folder : `Houdini ${houdini}`;
}
