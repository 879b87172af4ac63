/** Faults of the host: its engine, its containers, its power. */
import { must } from '../execute.js';
import type { RemoteWorld } from '../remote-world.js';
import { type Cell, midRun } from './cell.js';

/** A host that is up again is another one by its engine's process. */
const ENGINE = 'cat /run/docker.pid';

export const MACHINE_CELLS: readonly Cell[] = [
  ...(['SIGTERM', 'SIGKILL'] as const).flatMap((signal) => [
    midRun(`dockerd ended by ${signal} in mid-run, with live-restore`, (world) =>
      restart(world, { signal, liveRestore: true }),
    ),
    midRun(
      `dockerd ended by ${signal} in mid-run, without live-restore`,
      (world) => restart(world, { signal, liveRestore: false }),
      { starts: 2, attempts: 2 },
    ),
  ]),
  midRun(
    'container killed from outside',
    async ({ host }, run) => {
      await host.docker('kill', `cosmos-${run}`);
      const { stdout } = await host.docker('inspect', '--format', '{{.State.ExitCode}}', `cosmos-${run}`);
      return `exit code ${stdout.trim()}`;
    },
    { starts: 2, attempts: 2 },
  ),
  midRun(
    'container removed from outside',
    async ({ host }, run) => {
      await host.docker('rm', '--force', `cosmos-${run}`);
      return (await host.docker('inspect', `cosmos-${run}`)).stderr.trim();
    },
    { starts: 2, attempts: 2 },
  ),
  midRun('host rebooted in mid-run', async (world) => rebooted(world), { starts: 2, attempts: 2, host: {} }),
];

async function restart({ host }: RemoteWorld, how: { signal: 'SIGTERM' | 'SIGKILL'; liveRestore: boolean }) {
  const before = await must(host.command('sh', '-c', ENGINE));
  await host.restartDockerd(how);
  const after = await must(host.command('sh', '-c', ENGINE));
  return before === after ? '' : `engine ${after.trim()} after ${before.trim()}`;
}

/** Long enough without power that the daemon finds nobody there, more than once. */
async function rebooted(world: RemoteWorld): Promise<string> {
  const before = world.host.pid;
  await world.host.halt();
  await world.awaitAway();
  await world.host.boot();
  return world.host.pid === before ? '' : `booted as process ${world.host.pid}, was ${before}`;
}
