/**
 * Is a daemon there, and does it answer? daemon.json says where, /healthz whether it does; when it does not, the lock
 * of the state folder says whether it is there all the same.
 */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { Discovery } from '../../schemas/discovery.js';
import type { Clock } from '../clock.js';
import { errnoOf } from '../errors.js';
import type { LockFacts } from '../lock.js';
import { keepSecret } from '../secrets.js';
import type { StateDir } from '../state-dir.js';

/** Milliseconds a living daemon may take to say that it is well. */
const HEALTH_TIMEOUT = 5000;

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
  const discovery = readDiscovery(stateDir);
  if (discovery === undefined || !isAlive(discovery.pid)) return undefined;
  return (await isHealthy(discovery)) ? discovery : undefined;
}

/** daemon.json as it stands; a missing, half-written or foreign file is no daemon. */
export function readDiscovery(stateDir: StateDir): Discovery | undefined {
  try {
    const discovery = Discovery.safeParse(JSON.parse(readFileSync(stateDir.discovery, 'utf8'))).data;
    keepSecret(discovery?.token ?? '');
    return discovery;
  } catch {
    return undefined;
  }
}

/** Whether a process of that id exists; one of another user counts as alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
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

/** By node:http, which a connection needs in any case: fetch would bring a second HTTP client along. */
function isHealthy({ http }: Discovery): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { agent: false, signal: AbortSignal.timeout(HEALTH_TIMEOUT) };
    request(`${http}/healthz`, options, (answer) => {
      answer.destroy();
      resolve(answer.statusCode === 200);
    })
      .on('error', () => resolve(false)) // refused, reset or too late: nobody is there
      .end();
  });
}
