/** Is a daemon there? daemon.json says where, its process and /healthz say whether. */
import { readFileSync } from 'node:fs';
import { Discovery } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { errnoOf } from '../errors.js';
import type { StateDir } from '../state-dir.js';

/** Milliseconds a living daemon may take to say that it is well. */
const HEALTH_TIMEOUT = 5000;

/** The running daemon of this state folder, or undefined when none answers. */
export async function findDaemon(stateDir: StateDir): Promise<Discovery | undefined> {
  const discovery = readDiscovery(stateDir);
  if (discovery === undefined || !isAlive(discovery.pid)) return undefined;
  return (await isHealthy(discovery)) ? discovery : undefined;
}

/** daemon.json as it stands; a missing, half-written or foreign file is no daemon. */
export function readDiscovery(stateDir: StateDir): Discovery | undefined {
  try {
    return Discovery.safeParse(JSON.parse(readFileSync(stateDir.discovery, 'utf8'))).data;
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

async function isHealthy({ http }: Discovery): Promise<boolean> {
  try {
    const answer = await fetch(`${http}/healthz`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false; // refused, reset or too late: nobody is there
  }
}
