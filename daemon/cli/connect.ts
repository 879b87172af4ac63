/** Finds the daemon of a state folder, which is started on demand. */
import type { Discovery } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import type { StateDir } from '../state-dir.js';
import { lookForDaemon, type Presence } from './discovery.js';
import type { DaemonLocation } from './start-daemon.js';

/** Milliseconds that a daemon which is about to answer, or to go, is given for it. */
const PATIENCE = 30_000;
/** No event tells of a daemon's next step: it is looked for this often, in milliseconds. */
const LOOK_EVERY = 100;

/**
 * The running daemon, started on demand.
 * @throws CosmosError config_invalid, daemon_unreachable, or daemon_silent when one is there and does not answer
 */
export async function ensureDaemon(place: DaemonLocation): Promise<Discovery> {
  const presence = await presenceOf(place.stateDir, place.clock, PATIENCE);
  switch (presence.kind) {
    case 'well':
      return presence.discovery;
    case 'absent':
      return (await import('./start-daemon.js')).startDaemon(place); // brings along what starts processes and reads TOML
    case 'starting':
    case 'stopping':
    case 'silent':
      throw (await import('./silent-daemon.js')).silentDaemon(presence, place.stateDir);
  }
}

/** What there is of a daemon; one that is about to answer, or to go, is given so many milliseconds for that. */
export async function presenceOf(stateDir: StateDir, clock: Clock, patienceMs: number): Promise<Presence> {
  const from = clock.monotonic();
  for (;;) {
    const presence = await lookForDaemon(stateDir, clock);
    const waitedMs = clock.monotonic() - from;
    if (presence.kind !== 'starting' && presence.kind !== 'stopping') return presence;
    if (waitedMs >= patienceMs) return { ...presence, waitedMs };
    await new Promise<void>((resolve) => clock.after(LOOK_EVERY, resolve));
  }
}
