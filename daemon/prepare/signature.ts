/** Size and time of a file: what tells whether it still is the file that was submitted. */
import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FrozenFile } from '../../schemas/index.js';
import { CosmosError, errnoOf } from '../errors.js';
import { isHeld, type Patience, untilFree } from '../held-file.js';

/** The file as it is now, absolute. @throws the system error when it cannot be read. */
export async function signatureOf(file: string): Promise<FrozenFile> {
  const absolute = path.resolve(file);
  const { size, mtimeMs } = await stat(absolute);
  return { path: absolute, size, mtimeMs };
}

/** @throws CosmosError clip_changed naming the file, when it is gone or differs. */
export async function requireUnchanged(file: FrozenFile): Promise<void> {
  const now = await stat(file.path).catch((error: unknown) => {
    throw changed(file, errnoOf(error) === 'ENOENT' ? 'was removed' : 'became unreadable', error);
  });
  if (!isSame(file, now)) throw changed(file, 'changed');
}

/**
 * Opens the file for reading; while another program holds it, that is waited for.
 * @throws CosmosError clip_changed when it is held for too long; the system error for anything else
 */
export async function openFrozen(file: FrozenFile, patience: Patience): Promise<FileHandle> {
  return untilFree(() => open(file.path, 'r'), patience).catch((cause: unknown) => {
    if (!isHeld(cause, patience.platform)) throw cause;
    const message = `${path.basename(file.path)} is still open in another program (${errnoOf(cause)}); close it there, and submit again.`;
    throw new CosmosError('clip_changed', message, { file: file.path }, { cause });
  });
}

function isSame(file: FrozenFile, now: Stats): boolean {
  return now.size === file.size && now.mtimeMs === file.mtimeMs;
}

function changed(file: FrozenFile, what: string, cause?: unknown): CosmosError {
  const message = `${path.basename(file.path)} ${what} after the job was submitted; submit again.`;
  return new CosmosError('clip_changed', message, { file: file.path }, { cause });
}
