/** Lists a folder once: names, sizes and times of its files, and problems of single files. */
import type { Stats } from 'node:fs';
import path from 'node:path';
import { isRenderNote } from '../../schemas/index.js';
import { CosmosError, errnoOf } from '../errors.js';
import { disks } from '../foreign/all-disks.js';
import { lstatForeign, namesIn } from '../foreign/folder.js';
import { lookAt } from '../foreign/open.js';
import { Refusal } from '../foreign/refusal.js';
import { isHeld } from '../held-file.js';
import { isInside } from '../local-path.js';
import { isMedia } from './names.js';
import { isTemporary } from './own-files.js';

export interface ListedFile {
  /** Relative to the listed folder, with forward slashes. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970, with the file system's own fraction. */
  readonly mtimeMs: number;
  /** Why the file cannot be used, as the end of a sentence that starts with its name; null = it can be used. */
  readonly problem: string | null;
}

export interface Listing {
  /** Sorted by name; temporary files are left out. */
  readonly files: readonly ListedFile[];
  readonly folders: readonly string[];
  /** One sentence for each thing in the folder that is not used. */
  readonly notes: readonly string[];
  /** Names of notes of renders in the folder itself (schemas/render.ts). */
  readonly renders: readonly string[];
}

/** Problem of a name that a system with another encoding has written. */
export const NO_UTF8 = 'a name is no UTF-8, so nothing can open it';

/** Problem of a file that another program may still write. */
export const HELD_PROBLEM = 'is still open in another program';

/** Files that are examined at the same time: enough for the thread pool, and few enough for little memory. */
const BATCH = 256;

/**
 * Lists `folder`. Links are followed as long as they stay below `realRoot`, the watched folder with all links resolved.
 * @throws the system error when the folder itself cannot be read.
 */
export function listFolder(folder: string, realRoot: string): Promise<Listing> {
  return listOne(folder, '', realRoot);
}

/** The prompt and the spec of a clip. */
const COMPANION = /^prompt\.txt$|\.cosmos\.json$/i;

/**
 * The files of sub-folders that a manifest or a pass names. A sub-folder that cannot be read gives a note and no files.
 */
export async function listBelow(folder: string, realRoot: string, below: readonly string[]): Promise<Listing> {
  const deeper = await Promise.all(below.map((name) => listSubfolder(path.join(folder, name), name, realRoot)));
  return {
    files: deeper.flatMap(({ files }) => files),
    folders: [],
    notes: deeper.flatMap(({ notes }) => notes),
    renders: [],
  };
}

async function listSubfolder(folder: string, name: string, realRoot: string): Promise<Listing> {
  const nothing = (...notes: string[]) => ({ files: [], folders: [], notes, renders: [] });
  try {
    const { real } = await disks.whereabouts(folder);
    if (isInside(real, realRoot)) return await listOne(folder, `${name}/`, realRoot);
    return nothing(`${name} is a link that leads out of the watched folder, so nothing in it is used`);
  } catch (error) {
    if (error instanceof CosmosError) throw error; // its disk does not answer
    const why = errnoOf(error) ?? 'unknown error';
    return why === 'ENOENT' ? nothing() : nothing(`${name} cannot be read (${why})`); // its frames count as missing then
  }
}

/** Examines single files of a folder; missing ones are left out. */
export async function listNames(folder: string, realRoot: string, names: readonly string[]): Promise<Listing> {
  const entries = await Promise.all(names.map((name) => look(path.join(folder, name), name, realRoot)));
  return {
    files: entries.filter((entry) => typeof entry !== 'string').filter((entry) => entry !== null),
    folders: [],
    notes: [],
    renders: [],
  };
}

async function listOne(folder: string, prefix: string, realRoot: string): Promise<Listing> {
  const { names, unreadable } = await namesIn(folder);
  const visible = names.filter((name) => !isTemporary(name)).sort();
  const files: ListedFile[] = [];
  const folders: string[] = [];
  for (let from = 0; from < visible.length; from += BATCH) {
    const batch = visible.slice(from, from + BATCH);
    const entries = await Promise.all(batch.map((name) => look(path.join(folder, name), `${prefix}${name}`, realRoot)));
    for (const entry of entries) {
      if (typeof entry === 'string') folders.push(entry);
      else if (entry !== null) files.push(entry);
    }
  }
  const notes = unreadable.map((name) => `${NO_UTF8}: rename ${prefix}${name}`);
  return { files, folders, notes, renders: names.filter(isRenderNote) };
}

/** A file, the name of a folder, or null when it is gone. */
async function look(file: string, name: string, realRoot: string): Promise<ListedFile | string | null> {
  try {
    const stats = await lstatForeign(file);
    if (stats.isSymbolicLink()) return await lookThrough(file, name, realRoot);
    return entry(name, stats);
  } catch (error) {
    if (error instanceof CosmosError) throw error; // its disk does not answer
    if (errnoOf(error) === 'ENOENT') return null;
    if (isHeld(error)) return broken(name, HELD_PROBLEM);
    return broken(name, `cannot be read (${errnoOf(error) ?? 'unknown error'})`);
  }
}

async function lookThrough(link: string, name: string, realRoot: string): Promise<ListedFile | string | null> {
  try {
    return entry(name, (await lookAt(link, { root: realRoot })).stats);
  } catch (error) {
    if (error instanceof Refusal) return broken(name, error.what.replace(/^this /, ''));
    if (error instanceof CosmosError) throw error;
    return broken(name, `cannot be read (${errnoOf(error) ?? 'unknown error'})`);
  }
}

function entry(name: string, stats: Stats): ListedFile | string {
  const { size, mtimeMs } = stats;
  if (stats.isFile()) return { name, size, mtimeMs, problem: null };
  if (stats.isDirectory())
    return isMedia(name) || COMPANION.test(name) ? broken(name, 'is a folder, not a file') : name;
  return broken(name, 'is not a regular file');
}

function broken(name: string, problem: string): ListedFile {
  return { name, size: 0, mtimeMs: 0, problem };
}
