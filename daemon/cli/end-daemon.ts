/** Ends a daemon that does not answer, by signals to the process that holds the state folder and to no other. */
import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../clock.js';
import { CosmosError, errnoOf } from '../errors.js';
import type { LockFacts } from '../lock.js';
import type { StateDir } from '../state-dir.js';

/**
 * Milliseconds to wait after SIGTERM: a daemon whose event loop works stops in less, one whose loop stands still never
 * does.
 */
const TERM_MS = 5000;
/** Milliseconds to wait after SIGKILL, on a busy system. */
const KILL_MS = 15_000;
/** Milliseconds between two looks at the lock: there is no event for the end of a process that is not our child. */
const LOOK_EVERY = 100;

export interface Ended {
  readonly pid: number;
  readonly signal: 'SIGTERM' | 'SIGKILL';
}

/**
 * Ends the process that holds the state folder, verified by the lock; undefined = no process holds it. Runs on hosts
 * continue.
 * @throws CosmosError wrong_state or state_locked when the process is not known for sure, is not ours, or does not end
 */
export async function endDaemon(stateDir: StateDir, clock: Clock): Promise<Ended | undefined> {
  for (const [signal, patienceMs] of SIGNALS) {
    const holder = await holderOf(stateDir); // asked again each time, because another daemon may have started
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

/** @throws CosmosError wrong_state when its process id is not known; state_locked when it is not a daemon */
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
    if (errnoOf(error) === 'ESRCH') return; // it has just ended
    if (errnoOf(error) !== 'EPERM') throw error;
    throw new CosmosError('wrong_state', `Process ${pid} belongs to another user, who has to end it.`, { pid });
  }
}

/**
 * Whether the process has the file open; undefined = the system does not show it. The facts beside the lock name the
 * process that wrote them, but the system may have given its id to another process since.
 */
function hasOpen(pid: number, file: string): boolean | undefined {
  if (process.platform !== 'linux') return undefined;
  const folder = `/proc/${pid}/fd`;
  try {
    const wanted = realpathSync(file);
    return readdirSync(folder).some((fd) => targetOf(path.join(folder, fd)) === wanted);
  } catch {
    return undefined; // a process of another user, or an ended one: the signal will show which
  }
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined; // closed since it was listed
  }
}

/** Whether the daemon released the state folder within so many milliseconds: the lock ends with its process. */
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
