/** Which folders (tree) or movies (flat) below a watched folder are clips. */
import type { Dirent } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { MANIFEST_FILE, WITHDRAWN_MANIFEST_FILE } from '../../schemas/index.js';
import { errnoOf } from '../errors.js';
import { isMedia, isMovie, type NameReader } from './names.js';
import { isOwnFile, isTemporary } from './own-files.js';

/** Where a clip lies: a folder, or one movie in a folder. */
export interface Place {
  /** Absolute folder. */
  readonly folder: string;
  /** File name of the movie that is the whole clip; null = the folder is the clip. */
  readonly movie: string | null;
}

/** A clip with a manifest is one clip, also while a render has withdrawn it. */
const MANIFESTS: readonly string[] = [MANIFEST_FILE, WITHDRAWN_MANIFEST_FILE];

/** Folders this deep below the watched one are still looked into. */
export const DEEPEST = 4;

export function pathOf({ folder, movie }: Place): string {
  return movie === null ? folder : path.join(folder, movie);
}

/** The place of a clip by its absolute path: a name that ends like a movie is one. */
export function placeOf(clipPath: string, flat: boolean): Place {
  if (!flat) return { folder: clipPath, movie: null };
  return { folder: path.dirname(clipPath), movie: path.basename(clipPath) };
}

/** Each movie directly in `folder`. @throws the system error when the folder cannot be read. */
export async function discoverFlat(folder: string, isOurs: (file: string) => boolean): Promise<Place[]> {
  const names = await readdir(folder);
  const movies = names.filter((name) => isMovie(name) && !isOwnFile(name) && !isOurs(path.join(folder, name)));
  return movies.sort().map((movie) => ({ folder, movie }));
}

/**
 * Each folder with passes at or below `start`, and each leaf that is empty or has only images nobody can name: those
 * are listed to say what is wrong with them. A folder with a manifest is one clip with all that lies below it, so
 * nothing is found below one. Links to folders are not followed: they can lead in circles, and out.
 * @throws the system error when `start` cannot be read.
 */
export async function discoverTree(start: string, root: string, reader: NameReader): Promise<Place[]> {
  if (await isBelowManifest(start, root)) return [];
  return visit(start, depthOf(start, root), await readdir(start, { withFileTypes: true }), reader);
}

async function visit(folder: string, depth: number, entries: Dirent[], reader: NameReader): Promise<Place[]> {
  const visible = entries.filter(({ name }) => !isTemporary(name));
  const subfolders = visible.filter((entry) => entry.isDirectory() && !isMedia(entry.name));
  const files = visible.filter((entry) => !subfolders.includes(entry)).map(({ name }) => name);
  const hasManifest = entries.some(({ name }) => MANIFESTS.includes(name));
  const isOne = hasManifest || isClip(files, depth > 0 && subfolders.length === 0, reader);
  const own = isOne ? [{ folder, movie: null }] : [];
  if (depth >= DEEPEST || hasManifest) return own;
  const below = await Promise.all(
    subfolders.map(async ({ name }) => {
      const sub = path.join(folder, name);
      const found = await entriesOf(sub);
      return found === 'unreadable' ? [{ folder: sub, movie: null }] : visit(sub, depth + 1, found, reader);
    }),
  );
  return [...own, ...below.flat()];
}

function isClip(files: readonly string[], isLeaf: boolean, reader: NameReader): boolean {
  if (isLeaf && files.length === 0) return true;
  const media = files.filter((name) => isMedia(name) && !isOwnFile(name));
  return media.some((name) => isLeaf || mayHoldPasses(name, reader));
}

/** A pass by its name, or an EXR sequence whose passes are its layers. */
function mayHoldPasses(name: string, reader: NameReader): boolean {
  const media = reader.read(name);
  return media !== null && (media.pass !== null || (media.kind === 'image' && media.extension === 'exr'));
}

/** A folder that cannot be read is a clip that says so; one that just went away is nothing. */
async function entriesOf(folder: string): Promise<Dirent[] | 'unreadable'> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? [] : 'unreadable';
  }
}

async function isBelowManifest(folder: string, root: string): Promise<boolean> {
  for (let above = folder; above !== root && above !== path.dirname(above); ) {
    above = path.dirname(above);
    const found = await Promise.all(MANIFESTS.map((name) => isThere(path.join(above, name))));
    if (found.includes(true)) return true;
  }
  return false;
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function depthOf(folder: string, root: string): number {
  const relative = path.relative(root, folder);
  return relative === '' ? 0 : relative.split(path.sep).length;
}
