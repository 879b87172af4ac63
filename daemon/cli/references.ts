/**
 * Turns what was typed for a clip or a file into what the daemon takes: an absolute path, or the id or name unchanged.
 */
import path from 'node:path';
import { CosmosError } from '../errors.js';
import { namesIn } from '../foreign/folder.js';
import { lookAt } from '../foreign/open.js';
import { didYouMean, nearest } from '../near.js';
import { writtenPath } from '../written-path.js';

/**
 * A clip reference: whatever exists on disk is a path, what looks like a path must exist, the rest is an id or name.
 * @throws CosmosError not_found with the nearest name, disk_silent, or invalid_params as {@link absolutePath}
 */
export async function clipReference(typed: string): Promise<string> {
  const here = path.resolve(typed);
  if (await isThere(here)) return here;
  return looksLikePath(typed) ? existingPath(typed) : typed;
}

/** The absolute path of an existing file or folder. @throws CosmosError not_found with the nearest name; disk_silent */
export async function existingPath(typed: string): Promise<string> {
  const absolute = absolutePath(typed);
  if (await isThere(absolute)) return absolute;
  throw await missing(typed, absolute);
}

/** Relative to where the command runs. @throws CosmosError invalid_params with what to write instead */
export function absolutePath(typed: string): string {
  return writtenPath(typed, process.cwd());
}

/** A folder that `watch ls` lists, which need not exist any more; else as {@link absolutePath}. */
export function watchedFolder(typed: string): string {
  return path.isAbsolute(typed) ? typed : absolutePath(typed);
}

/** @throws CosmosError disk_silent, so that a disk which does not answer does not block the command. */
async function isThere(file: string): Promise<boolean> {
  try {
    await lookAt(file, { root: null });
    return true;
  } catch (error) {
    if (error instanceof CosmosError && error.code === 'disk_silent') throw error;
    return false;
  }
}

function looksLikePath(typed: string): boolean {
  return /[\\/]|^\.{1,2}$|^[~$%"']|^[a-z]:/i.test(typed);
}

async function missing(typed: string, absolute: string): Promise<CosmosError> {
  const near = await nearestPath(absolute);
  const message = `There is no file or folder ${typed}.${didYouMean(near)}`;
  return new CosmosError('not_found', message, { path: absolute, near });
}

/** The most similar path beside the first part of the path that does not exist; empty when nothing is similar. */
export async function nearestPath(absolute: string): Promise<string[]> {
  const parent = path.dirname(absolute);
  if (parent === absolute) return [];
  if (!(await isThere(parent))) return nearestPath(parent);
  return nearest(path.basename(absolute), await listed(parent), 1).map((name) => path.join(parent, name));
}

async function listed(folder: string): Promise<readonly string[]> {
  try {
    return (await namesIn(folder)).names;
  } catch {
    return []; // a file, or a folder that may not be read: it has no names to offer
  }
}
