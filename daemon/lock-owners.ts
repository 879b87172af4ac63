/** Which processes hold locks on a file, as the kernel lists them: proc_locks(5). Linux only. */
import { readFileSync, statSync } from 'node:fs';

export interface LockOwner {
  readonly pid: number;
  readonly uid: number;
  /** Its command, as `ps` calls it. */
  readonly program: string;
}

/** The owners that are visible; undefined = the system does not list them, or none is visible (a lock from a container). */
export function ownersOfLocks(file: string): LockOwner[] | undefined {
  try {
    const { ino } = statSync(file);
    const owners = lockingPids(readFileSync('/proc/locks', 'utf8'), ino).flatMap((pid) => ownerOf(pid) ?? []);
    return owners.length === 0 ? undefined : owners;
  } catch {
    return undefined;
  }
}

/**
 * By the text of /proc/locks: "1: POSIX ADVISORY WRITE 708 fe:00:13548 0 EOF". Only the inode is compared: overlayfs and
 * btrfs give a file another device number here than to stat. Lines with "->" wait for the lock; -1 is a lock of no process.
 */
export function lockingPids(text: string, inode: number): number[] {
  const line = /^\d+: (?:POSIX|FLOCK|OFDLCK) +\S+ +\S+ +(\d+) [\da-f]+:[\da-f]+:(\d+) /gm;
  const pids = [...text.matchAll(line)].filter(([, , found]) => Number(found) === inode).map(([, pid]) => Number(pid));
  return [...new Set(pids)];
}

/** Undefined when the process has just ended. */
function ownerOf(pid: number): LockOwner | undefined {
  try {
    // Not the owner of /proc/PID: for a process that has changed its user, that is root.
    const [, uid] = /^Uid:\s+\d+\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return { pid, uid: Number(uid), program: readFileSync(`/proc/${pid}/comm`, 'utf8').trim() };
  } catch {
    return undefined;
  }
}
