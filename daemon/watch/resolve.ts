/** Finds a clip by id, name or path. Pure. */
import path from 'node:path';
import type { Clip } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { isSamePath } from '../local-path.js';
import { didYouMean, nearest } from '../near.js';

/** @throws CosmosError not_found with data.near, or ambiguous with data.candidates. */
export function resolveClip(reference: string, clips: readonly Clip[]): Clip {
  const found = clips.find(({ id }) => id === reference) ?? byPath(reference, clips);
  if (found !== undefined) return found;
  const named = clips.filter(({ name }) => name === reference);
  const [only] = named;
  if (only !== undefined && named.length === 1) return only;
  if (named.length > 1) throw ambiguous(reference, named);
  throw notFound(reference, clips);
}

function byPath(reference: string, clips: readonly Clip[]): Clip | undefined {
  if (!path.isAbsolute(reference)) return undefined;
  return clips.find((clip) => isSamePath(clip.path, reference));
}

function ambiguous(reference: string, clips: readonly Clip[]): CosmosError {
  const paths = clips.map((clip) => clip.path).join(', ');
  const candidates = clips.map(({ id, name, path }) => ({ id, name, path }));
  const message = `${clips.length} clips are called ${reference}: say which one by its path (${paths}).`;
  return new CosmosError('ambiguous', message, { candidates });
}

function notFound(reference: string, clips: readonly Clip[]): CosmosError {
  const names = clips.map(({ name }) => name);
  if (path.isAbsolute(reference)) {
    const message = `No clip is known at ${reference}; watch its folder, or register it.`;
    return new CosmosError('not_found', message, { near: nearest(path.basename(reference), names) });
  }
  const near = nearest(reference, names);
  return new CosmosError('not_found', `No clip is called ${reference}.${didYouMean(near)}`, { near });
}
