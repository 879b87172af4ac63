/**
 * Which folders (tree) or movies (flat) below a watched folder are clips.
 *
 * A folder is a clip when it has a manifest, a note of a render, passes by the names of its files, or *pass folders*.
 * A folder without sub-folders is also a clip when it is empty or has only unknown pictures and movies, so that people
 * see why nothing happens with it.
 *
 * A **pass folder** holds one pass for the clip around it: "shot/C/0001.png" and "shot/depth/shot.depth.0001.png" are
 * one clip, "shot". A folder is one when
 *   1. its name is that of a pass ("depth", "Z"), also behind the name of the folder around it ("shot/shot_depth");
 *   2. every picture and movie in it names that same pass or none, or it is still empty; and
 *   3. nothing says that it is a clip of its own: no manifest, prompt.txt or spec, no pass folder inside.
 * So a clip that happens to be called "color" and has its depth beside its colour remains a clip. One pass folder is
 * enough, also directly in the watched folder: else the path of the clip would change, and its jobs would lose it, when
 * the second pass is rendered. Passes in the clip's own folder come before those of pass folders.
 */
import type { Dirent } from 'node:fs';
import path from 'node:path';
import { isRenderNote, MANIFEST_FILE, WITHDRAWN_MANIFEST_FILE } from '../../schemas/index.js';
import { CosmosError, errnoOf } from '../errors.js';
import { entriesIn, lstatForeign, namesIn } from '../foreign/folder.js';
import { unreadFormat } from '../media/formats.js';
import { isMedia, isMovie, type NameReader } from './names.js';
import { isOwnFile, isTemporary } from './own-files.js';
import { findPassFolders } from './pass-folders.js';

/** The location of a clip: a folder, or one movie in a folder. */
export interface ClipSpot {
  /** Absolute folder. */
  readonly folder: string;
  /** File name of the movie that is the whole clip; null = the folder is the clip. */
  readonly movie: string | null;
}

/** A clip with a manifest is one clip, also while a render has withdrawn it. */
const MANIFESTS: readonly string[] = [MANIFEST_FILE, WITHDRAWN_MANIFEST_FILE];

/** Deepest level of sub-folders that is searched. */
export const DEEPEST = 4;

export function pathOf({ folder, movie }: ClipSpot): string {
  return movie === null ? folder : path.join(folder, movie);
}

/** The location of a clip from its absolute path; `flat` = the clip is a movie. */
export function spotOf(clipPath: string, flat: boolean): ClipSpot {
  if (!flat) return { folder: clipPath, movie: null };
  return { folder: path.dirname(clipPath), movie: path.basename(clipPath) };
}

/**
 * Each movie directly in `folder`, also of a format that is not read: it is listed so that people see why.
 * @throws the system error when the folder cannot be read.
 */
export async function discoverFlat(folder: string, isOurs: (file: string) => boolean): Promise<ClipSpot[]> {
  const { names } = await namesIn(folder);
  const isAnyMovie = (name: string) => isMovie(name) || unreadFormat(name)?.kind === 'movie';
  const movies = names.filter((name) => isAnyMovie(name) && !isOwnFile(name) && !isOurs(path.join(folder, name)));
  return movies.sort().map((movie) => ({ folder, movie }));
}

/**
 * Every clip at or below `start`. A folder with a manifest is one clip with everything below it, so there is no further
 * clip below. Links to folders are not followed, because they can lead in circles or out of the watched folder.
 * @throws the system error when `start` cannot be read.
 */
export async function discoverTree(start: string, root: string, reader: NameReader): Promise<ClipSpot[]> {
  if (await isBelowManifest(start, root)) return [];
  return visit(start, depthOf(start, root), await entriesIn(start), reader);
}

/** The folder where a search begins after a change in `folder`: for a pass folder, the folder of its clip. */
export function searchStart(folder: string, root: string, reader: NameReader): string {
  for (let at = folder; at !== root; at = path.dirname(at)) {
    if (reader.passOfFolder(path.basename(at), path.basename(path.dirname(at))) === null) return at;
  }
  return root;
}

async function visit(folder: string, depth: number, entries: Dirent[], reader: NameReader): Promise<ClipSpot[]> {
  const visible = entries.filter(({ name }) => !isTemporary(name));
  const subfolders = visible.filter((entry) => entry.isDirectory() && !isMedia(entry.name));
  const files = visible.filter((entry) => !subfolders.includes(entry)).map(({ name }) => name);
  const hasManifest = entries.some(({ name }) => MANIFESTS.includes(name));
  if (hasManifest) return [{ folder, movie: null }];
  const names = subfolders.map(({ name }) => name);
  const passFolders = await findPassFolders(folder, names, reader);
  const isRendered = entries.some(({ name }) => isRenderNote(name));
  const isOne = isRendered || passFolders.size > 0 || isClip(files, depth > 0 && names.length === 0, reader);
  const own = isOne ? [{ folder, movie: null }] : [];
  if (depth >= DEEPEST) return own;
  const below = await Promise.all(
    names.map(async (name) => {
      const sub = path.join(folder, name);
      const found = await entriesOf(sub);
      if (found === 'unreadable') return [{ folder: sub, movie: null }];
      const spots = await visit(sub, depth + 1, found, reader);
      return passFolders.has(name) ? spots.filter((spot) => spot.folder !== sub) : spots;
    }),
  );
  return [...own, ...below.flat()];
}

function isClip(files: readonly string[], isLeaf: boolean, reader: NameReader): boolean {
  if (isLeaf && files.length === 0) return true;
  const media = files.filter((name) => (isMedia(name) || unreadFormat(name) !== null) && !isOwnFile(name));
  return media.some((name) => isLeaf || mayHoldPasses(name, reader));
}

/** A pass by its name, of a format that is read or not, or an EXR sequence whose passes are its layers. */
function mayHoldPasses(name: string, reader: NameReader): boolean {
  const media = reader.read(name);
  if (media === null) return unreadFormat(name) !== null && reader.passNamedBy(name) !== null;
  if (media.pass !== null || reader.readFraction(name)?.pass != null) return true;
  return media.kind === 'image' && media.extension === 'exr';
}

/** A folder that cannot be read becomes a clip with this reason; a folder that is gone is no clip. */
async function entriesOf(folder: string): Promise<Dirent[] | 'unreadable'> {
  try {
    return await entriesIn(folder);
  } catch (error) {
    if (error instanceof CosmosError) throw error; // its disk does not answer
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
  return lstatForeign(file).then(
    () => true,
    () => false,
  );
}

function depthOf(folder: string, root: string): number {
  const relative = path.relative(root, folder);
  return relative === '' ? 0 : relative.split(path.sep).length;
}
