/**
 * One daemon per state folder. The lock is an exclusive transaction on a file of its own: the system ends it with the
 * process, however that dies, so there is no stale lock to clean up.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { CosmosError } from './errors.js';
import { type LockOwner, ownersOfLocks } from './lock-owners.js';
import { networkMount } from './network-mount.js';
import { openExclusive } from './queue/db.js';
import { userWords } from './users.js';
import { writeFileAtomicSync } from './write-file.js';

/** Who holds the lock, for the error of whoever comes second. */
export const LockFacts = z.object({
  pid: z.int(),
  /** Null until the server listens. */
  url: z.string().nullable(),
  /** Only a running daemon answers; one of an older version does not say. */
  phase: z.enum(['starting', 'running', 'stopping']).default('running'),
  startId: z.string(),
  since: z.iso.datetime(),
});
export type LockFacts = z.infer<typeof LockFacts>;

/** Milliseconds for others that only look whether the lock is held, and have it themselves for an instant. */
const MOMENT_MS = 500;

export interface Lock {
  /** Says more about the holder: the url, once it is known. */
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
        // A full disk: others read a little less of the holder, who goes on.
      }
    },
    release() {
      try {
        rmSync(factsFile(file), { force: true });
      } catch {
        // Somebody reads it, which Windows does not let go: facts without a holder are looked at by nobody.
      }
      hold.release();
    },
  };
}

/** Who has a state folder. */
export interface LockHolder {
  /** Of the daemon that has it; undefined in the moment after the lock was taken, and when it is a stranger. */
  readonly facts: LockFacts | undefined;
  /** It is no daemon of ours: code state_locked. */
  readonly stranger: CosmosError | undefined;
}

/**
 * Who has the state folder of that lock now; undefined = nobody. The lock itself is asked, because what lies beside it
 * may be of a process that is gone.
 */
export function lockHolder(file: string): LockHolder | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const hold = openExclusive(file, MOMENT_MS);
    if (hold === undefined) return holderOf(file);
    hold.release();
    return undefined;
  } catch {
    return undefined; // it cannot be opened, so no daemon can have it; whoever starts one there is told why
  }
}

/** SQLite's locks cannot be read through, so the facts lie beside them. */
function factsFile(file: string): string {
  return `${file}.json`;
}

/**
 * The facts are believed when the system says that their process holds the lock; where it does not say (not Linux), when
 * that process lives and is ours: its number may have been given to another one since, but then somebody else holds it.
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
  // A daemon that has only just begun has not replaced yet what one that crashed said.
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
  return new CosmosError('state_locked', `${strangerWords(file, owner)} ${remedy}`, {
    file,
    pid: owner?.pid ?? null,
    uid: owner?.uid ?? null,
  });
}

function strangerWords(file: string, owner: LockOwner | undefined): string {
  if (owner === undefined) return `A process of another user, or one that is no daemon, holds a lock on ${file}.`;
  const { pid, uid, program } = owner;
  if (!isOfAnother(owner)) return `Process ${pid} (${program}), which is no daemon, holds a lock on ${file}.`;
  return `Another user, ${userWords(uid)}, holds a lock on ${file} (process ${pid}, ${program}).`;
}

function isOurProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // gone, or of another user
  }
}

/** Undefined in the moment between the holder's lock and its first words. */
function readFacts(file: string): LockFacts | undefined {
  try {
    return LockFacts.parse(JSON.parse(readFileSync(factsFile(file), 'utf8')));
  } catch {
    return undefined; // the sentence then names the folder alone
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
