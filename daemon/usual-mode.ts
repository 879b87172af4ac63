/**
 * Two kinds of files. What the daemon keeps for itself is for its owner alone: umask 077 from its first step on, which
 * holds for SQLite, for every library and for child processes. What it makes for a person beside their clips gets the mode
 * that any other program of theirs would give it, by their umask and by the default ACL of the folder: a project that a
 * group shares stays shared. On Windows files inherit the rights of their folder, and nothing here does anything.
 */
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

/** Gives a file that was copied into its folder the mode that a new one would have there. */
export function giveUsualMode(file: string): void {
  if (process.platform === 'win32') return;
  const probe = path.join(path.dirname(file), `.${path.basename(file)}.mode`);
  rmSync(probe, { force: true });
  try {
    asUsual(() => closeSync(openSync(probe, 'wx', 0o666)));
    chmodSync(file, statSync(probe).mode & 0o777);
  } catch {
    // A disk that knows no modes shows what it shows.
  } finally {
    rmSync(probe, { force: true });
  }
}
