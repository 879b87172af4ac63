/** Is there a daemon? Its discovery file says where, /healthz whether it answers. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { Discovery } from '../schemas/discovery.js';

/** Milliseconds a living daemon may take to say that it is well. */
export const HEALTH_TIMEOUT = 5000;

/** silent = somebody took the call and says nothing: an event loop that stands still, or a process that was stopped. */
export type Health = 'well' | 'gone' | 'silent';

/** What daemon.json says; a missing, half-written or foreign file is no daemon. */
export function readDiscovery(file: string): Discovery | undefined {
  try {
    return Discovery.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
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
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** By node:http, which a connection needs in any case: fetch would bring a second HTTP client along, and takes 80 ms. */
export async function healthOf({ http, pid }: Discovery): Promise<Health> {
  if (!isAlive(pid)) return 'gone';
  const patience = AbortSignal.timeout(HEALTH_TIMEOUT);
  const request = get(`${http}/healthz`, { agent: false, signal: patience });
  request.on('error', () => {}); // the next line hears it; after the answer it changes nothing
  try {
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    return answer.statusCode === 200 ? 'well' : 'gone';
  } catch {
    return patience.aborted ? 'silent' : 'gone'; // refused or reset: nobody is there
  } finally {
    request.destroy();
  }
}
