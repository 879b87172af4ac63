/** Size and time of a file: they show whether it is still the file that was submitted. */
import type { Stats } from 'node:fs';
import path from 'node:path';
import type { FrozenFile } from '../../schemas/index.js';
import { CosmosError, errnoOf } from '../errors.js';
import { requireRegular } from '../foreign/file-type.js';
import { KINDS } from '../foreign/kinds.js';
import { type ForeignFile, lookAt, openForeign } from '../foreign/open.js';
import { Refusal } from '../foreign/refusal.js';
import { isHeld, type Patience, untilFree } from '../held-file.js';

/** Folder below which files must lie, links resolved; null = the user named them, and may read any file. */
export type Root = string | null;

/** The file as it is now, absolute. @throws Refusal unless it is a regular file; the system error when it cannot be read */
export async function signatureOf(file: string, root: Root = null): Promise<FrozenFile> {
  const absolute = path.resolve(file);
  const { size, mtimeMs } = await regularAt(absolute, root);
  return { path: absolute, size, mtimeMs };
}

/** @throws CosmosError clip_changed naming the file, when it is gone, differs, or leads out of the root; disk_silent */
export async function requireUnchanged(file: FrozenFile, root: Root): Promise<void> {
  const now = await regularAt(file.path, root).catch((error: unknown) => {
    throw changedBy(file, error);
  });
  requireSame(file, now);
}

/**
 * The bytes of the file as it was submitted, all from one descriptor: compared when it is opened and when it is read, so
 * that a replaced or changed file is noticed, and never more bytes are read than it had.
 * @throws CosmosError clip_changed, also when another program holds the file for too long; the system error
 */
export async function* frozenPieces(file: FrozenFile, root: Root, patience: Patience): AsyncGenerator<Buffer> {
  const source = await openFrozen(file, root, patience);
  try {
    requireSame(file, source.stats);
    let left = file.size;
    for await (const piece of source.pieces()) {
      patience.signal?.throwIfAborted();
      left -= piece.length;
      if (left < 0) break;
      yield piece;
    }
    requireSame(file, await source.statsNow());
    if (left !== 0) throw changed(file, 'changed');
  } finally {
    source.close();
  }
}

async function openFrozen(file: FrozenFile, root: Root, patience: Patience): Promise<ForeignFile> {
  return untilFree(() => openForeign(file.path, { kind: KINDS.media, root }), patience).catch((cause: unknown) => {
    if (cause instanceof Refusal || !isHeld(cause, patience.platform)) throw changedBy(file, cause);
    const message = `${path.basename(file.path)} is still open in another program (${errnoOf(cause)}); close it there, and submit again.`;
    throw new CosmosError('clip_changed', message, { file: file.path }, { cause });
  });
}

async function regularAt(file: string, root: Root): Promise<Stats> {
  const { stats } = await lookAt(file, { root });
  requireRegular(file, stats);
  return stats;
}

function requireSame(file: FrozenFile, now: Stats): void {
  if (now.size !== file.size || now.mtimeMs !== file.mtimeMs) throw changed(file, 'changed');
}

function changedBy(file: FrozenFile, error: unknown): unknown {
  if (error instanceof Refusal) return changed(file, `was replaced (${error.what})`, error);
  if (error instanceof CosmosError) return error; // the disk does not answer
  return changed(file, errnoOf(error) === 'ENOENT' ? 'was removed' : 'became unreadable', error);
}

function changed(file: FrozenFile, what: string, cause?: unknown): CosmosError {
  const message = `${path.basename(file.path)} ${what} after the job was submitted; submit again.`;
  return new CosmosError('clip_changed', message, { file: file.path }, { cause });
}
