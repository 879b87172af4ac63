/** Checks paths from clients: absolute, existing and of the right kind; else a sentence says what is wrong. */
import type { Stats } from 'node:fs';
import type { WatchMode } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { isSilence } from '../foreign/disk.js';
import { lookAt } from '../foreign/open.js';
import { unreadFormat } from '../media/formats.js';
import { writtenPath } from '../written-path.js';
import { type ClipSpot, spotOf } from './discover.js';
import { isMovie } from './names.js';

/**
 * The path must be absolute, because the working folder of the client is unknown.
 * @throws CosmosError invalid_params
 */
export function absolutePath(reference: string): string {
  return writtenPath(reference, null);
}

/** @throws CosmosError not_found */
export async function requireFolder(folder: string): Promise<void> {
  const stats = await statsOf(folder);
  if (stats?.isDirectory()) return;
  const what = stats === null ? `There is no folder ${folder}.` : `${folder} is not a folder.`;
  throw new CosmosError('not_found', what, { path: folder });
}

/** The folder or movie that becomes a clip. @throws CosmosError not_found, or invalid_params for the wrong kind. */
export async function requireSpot(target: string, mode: WatchMode | undefined): Promise<ClipSpot> {
  const stats = await statsOf(target);
  if (stats === null) throw new CosmosError('not_found', `There is no folder or movie at ${target}.`);
  const movie = stats.isFile() && (isMovie(target) || unreadFormat(target)?.kind === 'movie');
  if (!movie && !stats.isDirectory()) {
    throw new CosmosError('invalid_params', `${target} is neither a folder nor a movie.`, { path: target });
  }
  if (mode !== undefined && (mode === 'flat') !== movie) {
    const wanted = mode === 'flat' ? 'a movie, and this is a folder' : 'a folder, and this is a movie';
    throw new CosmosError('invalid_params', `Mode ${mode} registers ${wanted}: ${target}.`, { path: target });
  }
  return spotOf(target, movie);
}

/** null = it cannot be used, for any reason. @throws CosmosError disk_silent */
async function statsOf(target: string): Promise<Stats | null> {
  try {
    return (await lookAt(target, { root: null })).stats;
  } catch (error) {
    if (isSilence(error)) throw error;
    return null;
  }
}
