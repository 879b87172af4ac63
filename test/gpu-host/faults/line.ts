/** Faults of the way to the host. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { until } from '../execute.js';
import type { RemoteWorld } from '../remote-world.js';
import type { Fault } from './at-boundary.js';
import { type Cell, FREE, midRun } from './cell.js';

export const LINE_FAULTS: readonly Fault[] = [
  {
    name: 'SSH cut',
    at: () => FREE,
    async strike({ host }) {
      const sessions = await host.dropSessions();
      return sessions === 0 ? '' : `${sessions} processes of sshd ended`;
    },
  },
  {
    name: 'sshd away for a while',
    at: () => FREE,
    async strike({ host }) {
      await host.stopSshd();
      await host.dropSessions();
      return 'sshd stopped';
    },
    async lift(world) {
      const reason = await world.awaitAway();
      await world.host.startSshd();
      return reason;
    },
  },
];

export const LINE_CELLS: readonly Cell[] = [
  midRun('SSH cut in mid-run', (world) => cut(world)),
  {
    name: 'SSH cut while files travel',
    ...{ ...FREE, host: { wan: { roundTripMs: 5, megabits: 0.5 } } },
    async play(world) {
      world.writeClip({ width: 320, height: 240, last: 12 });
      world.start();
      const job = await world.submit();
      const bytes = await beginsToArrive(world);
      return { job, proof: `${bytes} bytes on the way, ${await cut(world)}` };
    },
  },
  midRun('sshd stopped and started again in mid-run', async (world) => {
    await world.host.stopSshd();
    await world.host.dropSessions();
    const reason = await world.awaitAway();
    await world.host.startSshd();
    return reason;
  }),
];

/** The daemon notices and comes back by itself. */
async function cut({ host }: RemoteWorld): Promise<string> {
  const before = logins(host.serverLog());
  await host.dropSessions();
  await until('the daemon has logged in again', () => logins(host.serverLog()) > before);
  return `login ${before + 1} after the cut`;
}

/** Bytes of unfinished uploads. */
async function beginsToArrive({ root }: RemoteWorld): Promise<number> {
  let bytes = 0;
  await until('something of an upload is there', () => {
    const incoming = path.join(root, 'cas', 'incoming');
    const files = existsSync(incoming) ? readdirSync(incoming, { recursive: true, withFileTypes: true }) : [];
    const sizes = files
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(path.join(entry.parentPath, entry.name)).size);
    bytes = sizes.reduce((sum, size) => sum + size, 0);
    return bytes > 0;
  });
  return bytes;
}

function logins(serverLog: string): number {
  return serverLog.split('Accepted publickey').length - 1;
}
