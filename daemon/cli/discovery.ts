/** Is a daemon there? daemon.json says where, its process and /healthz say whether. */
import { readFileSync } from 'node:fs';
import { Discovery } from '../../schemas/index.js';
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

async function isHealthy({ http }: Discovery): Promise<boolean> {
  try {
    const answer = await fetch(`${http}/healthz`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false; // refused, reset or too late: nobody is there
  }
}
