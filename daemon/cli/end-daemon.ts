/** Ends a daemon that does not listen: by signals, to the process that has the state folder and to no other. */
import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../clock.js';
import { CosmosError, errnoOf } from '../errors.js';
import type { LockFacts } from '../lock.js';
import type { StateDir } from '../state-dir.js';

/** Milliseconds after SIGTERM: a loop that turns puts its things away in less, one that stands never will. */
const TERM_MS = 5000;
/** Milliseconds after SIGKILL, for a system that is busy. */
const KILL_MS = 15_000;
/** No event tells that a process which is not our child ended: the lock is asked this often, in milliseconds. */
const LOOK_EVERY = 100;

export interface Ended {
  readonly pid: number;
  readonly signal: 'SIGTERM' | 'SIGKILL';
}

/**
 * Ends whoever has the state folder, verified by the lock; undefined = nobody has it. Runs on hosts go on.
 * @throws CosmosError wrong_state or state_locked when the process is not known for sure, is not ours, or does not end
 */
export async function endDaemon(stateDir: StateDir, clock: Clock): Promise<Ended | undefined> {
  for (const [signal, patienceMs] of SIGNALS) {
    const holder = await holderOf(stateDir); // anew each time: another one may have come meanwhile
    if (holder === undefined) return undefined;
    send(signal, holder, stateDir);
    if (await goneBy(holder, stateDir, clock, patienceMs)) return { pid: holder.pid, signal };
  }
  throw new CosmosError(
    'wrong_state',
    'The daemon is still there after SIGKILL: the system holds it, in a disk or drive that does not answer perhaps.',
  );
}

const SIGNALS = [
  ['SIGTERM', TERM_MS],
  ['SIGKILL', KILL_MS],
] as const;

/** @throws CosmosError wrong_state when there is one and its number is not known; state_locked when it is no daemon */
async function holderOf({ lock }: StateDir): Promise<LockFacts | undefined> {
  const { lockHolder } = await import('../lock.js');
  const holder = lockHolder(lock);
  if (holder === undefined) return undefined;
  if (holder.stranger !== undefined) throw holder.stranger;
  if (holder.facts !== undefined) return holder.facts;
  const message = `A process has ${lock} open and ${lock}.json does not say which; end it by hand.`;
  throw new CosmosError('wrong_state', message, { lock });
}

function send(signal: NodeJS.Signals, { pid }: LockFacts, { lock }: StateDir): void {
  if (hasOpen(pid, lock) === false) {
    const message = `${lock}.json names process ${pid}, which is not the one that has ${lock} open; nothing was ended.`;
    throw new CosmosError('wrong_state', message, { pid, lock });
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errnoOf(error) === 'ESRCH') return; // it has just gone
    if (errnoOf(error) !== 'EPERM') throw error;
    throw new CosmosError('wrong_state', `Process ${pid} belongs to another user, who has to end it.`, { pid });
  }
}

/**
 * Whether the process has the file open; undefined = that cannot be seen here. The number in the facts is of a process
 * that had the lock when it wrote them, but numbers are given again.
 */
function hasOpen(pid: number, file: string): boolean | undefined {
  if (process.platform !== 'linux') return undefined;
  const folder = `/proc/${pid}/fd`;
  try {
    const wanted = realpathSync(file);
    return readdirSync(folder).some((fd) => targetOf(path.join(folder, fd)) === wanted);
  } catch {
    return undefined; // of another user, or gone: the signal will tell
  }
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined; // closed meanwhile
  }
}

/** Whether that daemon has let the state folder go within so many milliseconds: the lock dies with the process. */
async function goneBy(of: LockFacts, { lock }: StateDir, clock: Clock, patienceMs: number): Promise<boolean> {
  const { lockHolder } = await import('../lock.js');
  const deadline = clock.monotonic() + patienceMs;
  const isThere = () => {
    const holder = lockHolder(lock);
    return holder !== undefined && (holder.facts === undefined || holder.facts.startId === of.startId);
  };
  while (isThere()) {
    if (clock.monotonic() >= deadline) return false;
    await new Promise<void>((resolve) => clock.after(LOOK_EVERY, resolve));
  }
  return true;
}
