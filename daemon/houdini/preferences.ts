/** Houdini's preference folders on this computer: one per version; where they are depends on the system. */
import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { compareVersions } from './versions.js';

export interface Preferences {
  /** Such as "21.0"; null when the folder's name has no version. */
  readonly houdini: string | null;
  readonly folder: string;
}

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Folders `<parent>/<a name that fits>/<below>`; the name's first group is the version. */
interface FolderPattern {
  readonly parent: string;
  readonly name: RegExp;
  readonly below: string;
}

const VERSION = String.raw`(\d+\.\d+)`;
const HOUDINI_VERSION = new RegExp(`^houdini${VERSION}$`);
/** The placeholder for the version in HOUDINI_USER_PREF_DIR. */
const PLACEHOLDER = '__HVER__';

/** All that are there, the newest Houdini first. */
export async function findPreferences(surroundings: Surroundings): Promise<Preferences[]> {
  const patterns = [...configuredFolders(surroundings.env), ...(await standardFolders(surroundings))];
  const found = (await Promise.all(patterns.map(matching))).flat();
  const byRealPath = new Map(
    await Promise.all(found.map(async (each) => [await realpath(each.folder), each] as const)),
  );
  return [...byRealPath.values()].sort((a, b) => compareVersions(b.houdini ?? '', a.houdini ?? ''));
}

/** The version at the end of a preference folder's name, as in "houdini21.0" and "21.0". */
export function versionInName(folder: string): string | null {
  return new RegExp(`${VERSION}$`).exec(path.basename(folder))?.[1] ?? null;
}

/** Houdini hands the variable on to its children with the version filled in. */
function configuredFolders(env: Surroundings['env']): FolderPattern[] {
  const value = env.HOUDINI_USER_PREF_DIR;
  if (!value) return [];
  const folder = path.resolve(value);
  const parts = folder.split(path.sep);
  const at = parts.findIndex((part) => part.includes(PLACEHOLDER));
  if (at >= 0) {
    const name = parts[at]?.split(PLACEHOLDER).map(literally).join(VERSION);
    const parent = parts.slice(0, at).join(path.sep) || path.sep;
    return [{ parent, name: new RegExp(`^${name}$`), below: parts.slice(at + 1).join(path.sep) }];
  }
  const version = versionInName(folder);
  if (version === null) return [];
  const name = new RegExp(`^${literally(path.basename(folder).slice(0, -version.length))}(${literally(version)})$`);
  return [{ parent: path.dirname(folder), name, below: '' }];
}

async function standardFolders({ platform, env, home }: Surroundings): Promise<FolderPattern[]> {
  switch (platform) {
    case 'darwin': {
      const parent = path.join(home, 'Library', 'Preferences', 'houdini');
      return [{ parent, name: new RegExp(`^${VERSION}$`), below: '' }];
    }
    case 'win32':
      return (await windowsDocuments(env, home)).map((parent) => ({ parent, name: HOUDINI_VERSION, below: '' }));
    default:
      return [{ parent: home, name: HOUDINI_VERSION, below: '' }];
  }
}

/**
 * Houdini uses HOME when it is set, else the Documents folder, which OneDrive may have moved into its own folder under
 * a name in the user's language: so every folder of a OneDrive is a candidate.
 */
async function windowsDocuments(env: Surroundings['env'], home: string): Promise<string[]> {
  const profile = env.USERPROFILE ?? home;
  const named = [env.OneDrive, env.OneDriveConsumer, env.OneDriveCommercial].flatMap((root) => root || []);
  const beside = (await namesIn(profile)).filter((name) => name.startsWith('OneDrive'));
  const drives = new Set([...named, ...beside.map((name) => path.join(profile, name))]);
  const folders = await Promise.all(
    [...drives].map(async (root) => (await namesIn(root)).map((n) => path.join(root, n))),
  );
  return [...(env.HOME ? [env.HOME] : []), path.join(profile, 'Documents'), ...folders.flat()];
}

async function matching({ parent, name, below }: FolderPattern): Promise<Preferences[]> {
  const fitting = (await namesIn(parent)).flatMap((each) => {
    const houdini = name.exec(each)?.[1];
    return houdini === undefined ? [] : [{ houdini, folder: path.join(parent, each, below) }];
  });
  const there = await Promise.all(fitting.map(async ({ folder }) => (await entries(folder)) !== undefined));
  return fitting.filter((_, index) => there[index]);
}

/** Names of the folders and links in it. */
async function namesIn(folder: string): Promise<string[]> {
  const found = (await entries(folder)) ?? [];
  return found.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
}

/** undefined when it is not a readable folder: then it has no preferences of Houdini. */
function entries(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch(() => undefined);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
