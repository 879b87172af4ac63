/**
 * Two kinds of files. What the daemon keeps for itself is for its owner alone: umask 077 from its first step on, which
 * holds for SQLite, for every library and for child processes. What it makes for a person beside their clips gets the mode
 * that any other program of theirs would give it, by their umask and by the default ACL of the folder: a project that a
 * group shares stays shared. On Windows files inherit the rights of their folder, and nothing here does anything.
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, openSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

const CLOSED = 0o077;

/** That of the person; undefined = the process has kept it. */
let usual: number | undefined;

/** From here on new files and folders are for their owner alone. May be called twice. */
export function closeUmask(): void {
  usual ??= process.umask(CLOSED);
}

/** Makes files and folders as other programs of the person do. Synchronous, because the umask is of the whole process. */
export function asUsual<T>(make: () => T): T {
  if (usual === undefined) return make();
  process.umask(usual);
  try {
    return make();
  } finally {
    process.umask(CLOSED);
  }
}

/** The mode that a new file of the person would have in `folder`: what its disk and its default ACL make of their umask. */
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
    // A disk that knows no modes shows what it shows.
  }
}
