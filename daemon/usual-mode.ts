/**
 * Gives new files their rights. What the daemon keeps for itself is for its owner alone: umask 077 from its first step
 * on, which applies to SQLite, all libraries and child processes. Files that it creates for the user beside their clips
 * get the mode that any other program of the user would give them, by the user's umask and the default ACL of the
 * folder: a project that a group shares stays shared. On Windows files inherit the rights of their folder, and this
 * file does nothing.
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, openSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

const CLOSED = 0o077;

/** The user's umask; undefined = the process still has it. */
let usual: number | undefined;

/** From here on new files and folders are for their owner alone. May be called twice. */
export function closeUmask(): void {
  usual ??= process.umask(CLOSED);
}

/** Creates files and folders with the user's own umask. Synchronous, because the umask is shared by the whole process. */
export function asUsual<T>(make: () => T): T {
  if (usual === undefined) return make();
  process.umask(usual);
  try {
    return make();
  } finally {
    process.umask(CLOSED);
  }
}

/** The mode that a new file of the user gets in `folder`, from the disk, the default ACL and the user's umask. */
export function usualModeIn(folder: string): number {
  const probe = path.join(folder, `.${randomUUID()}.mode`);
  try {
    asUsual(() => closeSync(openSync(probe, 'wx', 0o666)));
    return statSync(probe).mode & 0o777;
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Gives a file that was copied into its folder the mode that a new one would have there. */
export function giveUsualMode(file: string): void {
  if (process.platform === 'win32') return;
  try {
    chmodSync(file, usualModeIn(path.dirname(file)));
  } catch {
    // The disk does not support modes.
  }
}
