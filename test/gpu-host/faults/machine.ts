/** Faults of the host: its engine, its containers, its power. */
import { must } from '../execute.js';
import type { RemoteWorld } from '../remote-world.js';
import type { Fault } from './at-boundary.js';
import { type Cell, FREE, midRun, ONE_MORE_RUN } from './cell.js';

/** A host that is up again is another one by its engine's process. */
const ENGINE = 'cat /run/docker.pid';

export const MACHINE_FAULTS: readonly Fault[] = [
  ...[true, false].map(
    (liveRestore): Fault => ({
      name: `dockerd restarted ${liveRestore ? 'with' : 'without'} live-restore`,
      at: ({ phase }) => (phase === 'working' && !liveRestore ? ONE_MORE_RUN : FREE),
      strike: (world) => restart(world, { signal: 'SIGTERM', liveRestore }),
    }),
  ),
  {
    name: 'container killed from outside',
    at: ({ phase }) => (phase === 'working' ? ONE_MORE_RUN : 'no container of it runs'),
    strike: kill,
  },
  {
    name: 'container removed from outside',
    at: ({ name, phase }) => {
      if (phase === 'working') return ONE_MORE_RUN;
      if (name === 'collecting.collected.after') return 'the daemon removes it itself at this moment';
      return phase === 'here' || phase === 'sent' ? 'there is no container yet' : FREE;
    },
    strike: remove,
  },
  {
    name: 'host rebooted',
    at: ({ phase }) => (phase === 'working' ? ONE_MORE_RUN : FREE),
    async strike({ host }) {
      const before = host.pid;
      await host.reboot();
      return host.pid === before ? '' : `booted as process ${host.pid}, was ${before}`;
    },
  },
];

export const MACHINE_CELLS: readonly Cell[] = [
  ...(['SIGTERM', 'SIGKILL'] as const).flatMap((signal) => [
    midRun(`dockerd ended by ${signal} in mid-run, with live-restore`, (world) =>
      restart(world, { signal, liveRestore: true }),
    ),
    midRun(
      `dockerd ended by ${signal} in mid-run, without live-restore`,
      (world) => restart(world, { signal, liveRestore: false }),
      ONE_MORE_RUN,
    ),
  ]),
  midRun('container killed from outside in mid-run', kill, ONE_MORE_RUN),
  midRun('container removed from outside in mid-run', remove, ONE_MORE_RUN),
  midRun('host rebooted in mid-run', async (world) => rebooted(world), { ...ONE_MORE_RUN, host: {} }),
];

async function restart({ host }: RemoteWorld, how: { signal: 'SIGTERM' | 'SIGKILL'; liveRestore: boolean }) {
  const before = await must(host.command('sh', '-c', ENGINE));
  await host.restartDockerd(how);
  const after = await must(host.command('sh', '-c', ENGINE));
  return before === after ? '' : `engine ${after.trim()} after ${before.trim()}`;
}

async function kill({ host }: RemoteWorld, run: string): Promise<string> {
  await host.docker('kill', `cosmos-${run}`);
  const { stdout } = await host.docker('inspect', '--format', '{{.State.ExitCode}}', `cosmos-${run}`);
  return `exit code ${stdout.trim()}`;
}

async function remove({ host }: RemoteWorld, run: string): Promise<string> {
  const removed = await host.docker('rm', '--force', '--volumes', `cosmos-${run}`);
  return removed.stdout.trim() === '' ? '' : (await host.docker('inspect', `cosmos-${run}`)).stderr.trim();
}

/** Long enough without power that several attempts of the daemon find the host down. */
async function rebooted(world: RemoteWorld): Promise<string> {
  const before = world.host.pid;
  await world.host.halt();
  await world.awaitAway();
  await world.host.boot();
  return world.host.pid === before ? '' : `booted as process ${world.host.pid}, was ${before}`;
}
