/** What a person typed for a clip or a file, as the daemon wants it: an absolute path, or the id or name untouched. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { CosmosError } from '../errors.js';
import { didYouMean, nearest } from '../near.js';
import { writtenPath } from '../written-path.js';

/**
 * A clip reference: whatever exists on disk is a path, what looks like a path must exist, the rest is an id or name.
 * @throws CosmosError not_found with the nearest name, or invalid_params as {@link absolutePath}
 */
export function clipReference(typed: string): string {
  const here = path.resolve(typed);
  if (existsSync(here)) return here;
  return looksLikePath(typed) ? existingPath(typed) : typed;
}

/** The absolute path of an existing file or folder. @throws CosmosError not_found with the nearest name */
export function existingPath(typed: string): string {
  const absolute = absolutePath(typed);
  if (existsSync(absolute)) return absolute;
  throw missing(typed, absolute);
}

/** Relative to where the command runs. @throws CosmosError invalid_params with what to write instead */
export function absolutePath(typed: string): string {
  return writtenPath(typed, process.cwd());
}

/** A folder as it is listed by `watch ls`, which may be gone from the disk; else as {@link absolutePath}. */
export function watchedFolder(typed: string): string {
  return path.isAbsolute(typed) ? typed : absolutePath(typed);
}

function looksLikePath(typed: string): boolean {
  return /[\\/]|^\.{1,2}$|^[~$%"']|^[a-z]:/i.test(typed);
}

function missing(typed: string, absolute: string): CosmosError {
  const near = nearestPath(absolute);
  const message = `There is no file or folder ${typed}.${didYouMean(near)}`;
  return new CosmosError('not_found', message, { path: absolute, near });
}

/** The most similar path beside the first part of the path that does not exist; empty when nothing is similar. */
export function nearestPath(absolute: string): string[] {
  const parent = path.dirname(absolute);
  if (parent === absolute) return [];
  if (!existsSync(parent)) return nearestPath(parent);
  return nearest(path.basename(absolute), listed(parent), 1).map((name) => path.join(parent, name));
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // a file, or a folder that may not be read: it has no names to offer
  }
}
