/** Faults of the way to the host. */
import { until } from '../execute.js';
import type { RemoteWorld } from '../remote-world.js';
import { type Cell, midRun } from './cell.js';

export const LINE_CELLS: readonly Cell[] = [
  midRun('SSH cut in mid-run', (world) => cut(world)),
  {
    name: 'SSH cut while staging',
    ...{ starts: 1, attempts: 1 },
    async play(world) {
      world.start();
      const job = await world.submit();
      await world.awaitJob(job, ({ state }) => state === 'staging');
      return { job, proof: await cut(world) };
    },
  },
  midRun('sshd stopped and started again in mid-run', async (world) => {
    await world.host.stopSshd();
    await world.host.dropSessions();
    const reason = await awaitUnreachable(world);
    await world.host.startSshd();
    return reason;
  }),
  {
    name: 'sshd away while the job is queued',
    ...{ starts: 1, attempts: 1 },
    async play(world) {
      await world.host.stopSshd();
      world.start();
      const job = await world.submit();
      const reason = await awaitUnreachable(world);
      await world.host.startSshd();
      return { job, proof: reason };
    },
  },
];

/** The daemon notices and comes back by itself. */
async function cut({ host }: RemoteWorld): Promise<string> {
  const before = logins(host.serverLog());
  await host.dropSessions();
  await until('the daemon has logged in again', () => logins(host.serverLog()) > before);
  return `login ${before + 1} after the cut`;
}

/** What clients are told while the host is away. */
async function awaitUnreachable(world: RemoteWorld): Promise<string> {
  let reason = '';
  await until('the host is seen to be away', async () => {
    const host = await world.hostLine();
    reason = host.state === 'unreachable' ? host.reason : '';
    return reason !== '';
  });
  return reason;
}

function logins(serverLog: string): number {
  return serverLog.split('Accepted publickey').length - 1;
}
