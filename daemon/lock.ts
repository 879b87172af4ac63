/**
 * One daemon per state folder. The lock is an exclusive transaction on a file of its own: the system ends it with the
 * process, however the process dies, so no stale lock is left.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { CosmosError } from './errors.js';
import { type LockOwner, ownersOfLocks } from './lock-owners.js';
import { networkMount } from './network-mount.js';
import { openExclusive } from './queue/db.js';
import { describeUser } from './users.js';
import { writeFileAtomicSync } from './write-file.js';

/** The process that holds the lock, for the error of a second daemon. */
export const LockFacts = z.object({
  pid: z.int(),
  /** Null until the server listens. */
  url: z.string().nullable(),
  /** Only a running daemon answers requests; old versions do not write this field. */
  phase: z.enum(['starting', 'running', 'stopping']).default('running'),
  startId: z.string(),
  since: z.iso.datetime(),
});
export type LockFacts = z.infer<typeof LockFacts>;

/** Milliseconds to wait for processes that only test the lock and hold it for an instant. */
const MOMENT_MS = 500;

export interface Lock {
  /** Adds a fact about the holder: the url, once it is known. */
  update(facts: LockFacts): void;
  release(): void;
}

/**
 * Takes the state folder of `file` for this process. Whether the folder may be used at all: {@link refuseNetworkDrive}.
 * @throws CosmosError already_running, naming the daemon that has it; state_locked when it is no daemon of ours
 */
export function acquireLock(file: string, facts: LockFacts): Lock {
  const hold = openExclusive(file, MOMENT_MS);
  if (hold === undefined) throw taken(file);
  const write = (now: LockFacts) => writeFileAtomicSync(factsFile(file), JSON.stringify(now), { mode: 0o600 });
  try {
    write(facts);
  } catch (error) {
    hold.release();
    throw error;
  }
  return {
    update(now) {
      try {
        write(now);
      } catch {
        // A full disk: others learn less about the holder, which continues.
      }
    },
    release() {
      try {
        rmSync(factsFile(file), { force: true });
      } catch {
        // On Windows a reader may hold the file. It may stay, because facts without a holder are not read.
      }
      hold.release();
    },
  };
}

/** The process that has a state folder. */
export interface LockHolder {
  /** Facts of the daemon; undefined just after the lock was taken, and when another program holds it. */
  readonly facts: LockFacts | undefined;
  /** The error when the holder is not one of our daemons: code state_locked. */
  readonly stranger: CosmosError | undefined;
}

/**
 * The process that holds the lock of the state folder now; undefined = none. The lock itself is tested, because the file
 * beside it may be from a process that is gone.
 */
export function lockHolder(file: string): LockHolder | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const hold = openExclusive(file, MOMENT_MS);
    if (hold === undefined) return holderOf(file);
    hold.release();
    return undefined;
  } catch {
    return undefined; // it cannot be opened, so no daemon can have it; a daemon that starts there reports why
  }
}

/** SQLite's locks cannot be read through, so the facts lie beside them. */
function factsFile(file: string): string {
  return `${file}.json`;
}

/**
 * The facts are trusted when the system says that their process holds the lock. On other systems than Linux, they are trusted when
 * the process lives and is ours: another process may have its pid by now, but then another process holds the lock.
 */
function holderOf(file: string): LockHolder {
  const facts = readFacts(file);
  const owners = ownersOfLocks(file);
  if (owners === undefined) {
    const isOurs = facts === undefined || isOurProcess(facts.pid);
    return isOurs ? { facts, stranger: undefined } : { facts: undefined, stranger: lockedBy(file, undefined) };
  }
  const stranger = owners.find(isOfAnother) ?? owners.find(({ pid }) => pid !== facts?.pid);
  if (stranger === undefined) return { facts, stranger: undefined };
  // A daemon that has just started may not have replaced the facts of one that crashed.
  const mayBeDaemon = !isOfAnother(stranger) && /^node\b|^MainThread$/.test(stranger.program);
  return { facts: undefined, stranger: mayBeDaemon ? undefined : lockedBy(file, stranger) };
}

function isOfAnother({ uid }: LockOwner): boolean {
  return uid !== process.geteuid?.();
}

function taken(file: string): CosmosError {
  const { facts, stranger } = holderOf(file);
  if (stranger !== undefined) return stranger;
  const folder = path.dirname(file);
  const who = facts === undefined ? '' : ` (process ${facts.pid}, since ${timeOfDay(facts.since)})`;
  return new CosmosError(
    'already_running',
    `Another daemon${who} uses ${folder}; ask it with \`cosmos daemon status\` or stop it with \`cosmos daemon stop\`.`,
    { folder, ...facts },
  );
}

function lockedBy(file: string, owner: LockOwner | undefined): CosmosError {
  const remedy = `No daemon can start there before that ends; or name another folder with --state-dir or COSMOS_STATE_DIR.`;
  return new CosmosError('state_locked', `${describeStranger(file, owner)} ${remedy}`, {
    file,
    pid: owner?.pid ?? null,
    uid: owner?.uid ?? null,
  });
}

function describeStranger(file: string, owner: LockOwner | undefined): string {
  if (owner === undefined) return `A process of another user, or one that is no daemon, holds a lock on ${file}.`;
  const { pid, uid, program } = owner;
  if (!isOfAnother(owner)) return `Process ${pid} (${program}), which is no daemon, holds a lock on ${file}.`;
  return `Another user, ${describeUser(uid)}, holds a lock on ${file} (process ${pid}, ${program}).`;
}

function isOurProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // gone, or of another user
  }
}

/** Undefined just after the holder took the lock, before it has written its facts. */
function readFacts(file: string): LockFacts | undefined {
  try {
    return LockFacts.parse(JSON.parse(readFileSync(factsFile(file), 'utf8')));
  } catch {
    return undefined; // the sentence then names only the folder
  }
}

/** "10:02" on this machine's wall clock. */
function timeOfDay(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** @throws CosmosError config_invalid when an existing state folder lies on a network drive. */
export async function refuseNetworkDrive(folder: string): Promise<void> {
  const type = await networkMount(folder);
  if (type === undefined) return;
  throw new CosmosError(
    'config_invalid',
    `The state folder ${folder} is on a network drive (${type}), where the queue could be damaged. ` +
      'Name a folder on a disk of this machine with --state-dir or COSMOS_STATE_DIR.',
    { folder, type },
  );
}
