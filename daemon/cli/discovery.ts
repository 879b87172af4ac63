/** Is a daemon there, and does it answer? When it does not, the lock of the state folder says whether it is there all the same. */
import { healthOf, isAlive, readDiscovery } from '../../client/discovery.js';
import type { Discovery } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import type { LockFacts } from '../lock.js';
import { keepSecret } from '../secrets.js';
import type { StateDir } from '../state-dir.js';

/** A process that has the state folder and does not answer. */
export interface Silent {
  /** Undefined = it has only just begun, and has not said yet who it is. */
  readonly facts: LockFacts | undefined;
  /** Milliseconds that it was waited for. */
  readonly waitedMs: number;
}

export type Presence =
  | { readonly kind: 'absent' }
  | { readonly kind: 'well'; readonly discovery: Discovery }
  /** It is about to answer, or to go: it says so itself. */
  | ({ readonly kind: 'starting' | 'stopping' } & Silent)
  /** It should answer. */
  | ({ readonly kind: 'silent' } & Silent);

/**
 * What there is of a daemon on this state folder. Waits some seconds for an answer.
 * @throws CosmosError state_locked when a process that is no daemon of ours has the lock
 */
export async function lookForDaemon(stateDir: StateDir, clock: Clock): Promise<Presence> {
  const from = clock.monotonic();
  const discovery = await findDaemon(stateDir);
  if (discovery !== undefined) return { kind: 'well', discovery };
  const { lockHolder } = await import('../lock.js'); // brings SQLite along, which no other command needs
  const holder = lockHolder(stateDir.lock);
  if (holder === undefined) return { kind: 'absent' };
  if (holder.stranger !== undefined) throw holder.stranger;
  const silent = { facts: holder.facts, waitedMs: clock.monotonic() - from };
  switch (holder.facts?.phase) {
    case 'stopping':
      return { kind: 'stopping', ...silent };
    case 'running': // one of an older version does not say that it is only starting
      return { kind: holder.facts.url === null ? 'starting' : 'silent', ...silent };
    case 'starting':
    case undefined:
      return { kind: 'starting', ...silent };
  }
}

/** The running daemon of this state folder, or undefined when none answers. */
export async function findDaemon(stateDir: StateDir): Promise<Discovery | undefined> {
  const discovery = readDiscovery(stateDir.discovery);
  if (discovery === undefined) return undefined;
  keepSecret(discovery.token);
  return (await healthOf(discovery)) === 'well' ? discovery : undefined;
}

/** No event tells that a process which is not our child ended: its id is asked this often, in milliseconds. */
const LOOK_EVERY = 50;

/** Resolves with true once the process has ended, with false after `timeout` milliseconds. */
export async function goneBy(pid: number, clock: Clock, timeout: number): Promise<boolean> {
  const deadline = clock.monotonic() + timeout;
  while (isAlive(pid)) {
    if (clock.monotonic() >= deadline) return false;
    await new Promise<void>((resolve) => clock.after(LOOK_EVERY, resolve));
  }
  return true;
}
