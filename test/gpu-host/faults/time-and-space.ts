/** Clocks that jump, laptops that sleep, disks that are full. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Job } from '../../../schemas/index.js';
import { execute, must, until } from '../execute.js';
import type { RemoteWorld } from '../remote-world.js';
import { type Cell, midRun, SLOW } from './cell.js';

/** The configuration's default: failures of one class after which a group waits for a person. */
const GROUP_PAUSE = 3;

const SMALL_DISK = { homeBytes: 64 * 2 ** 20 };

export const TIME_CELLS: readonly Cell[] = [
  ...[3600, -3600].map((seconds) =>
    midRun(`clock of the host jumps by ${seconds} s in mid-run`, async ({ host }) => {
      host.setClockSkew(seconds);
      const { stdout } = await host.ssh('date +%s');
      const jumped = Number(stdout) - Date.now() / 1000;
      return Math.abs(jumped - seconds) < 5 ? `the host is ${Math.round(jumped)} s ahead` : '';
    }),
  ),
  midRun('laptop asleep until the run is over, its connections dead', async (world, run) => {
    const daemon = world.daemonPid;
    process.kill(daemon, 'SIGSTOP');
    await until('the daemon sleeps', () => stateOf(daemon) === 'T');
    await world.host.dropSessions();
    await until('the run is over', () => existsSync(path.join(world.root, 'runs', run, 'exit')), 60_000);
    process.kill(daemon, 'SIGCONT');
    return 'the daemon was stopped, the run ended meanwhile';
  }),
];

export const SPACE_CELLS: readonly Cell[] = [
  {
    name: 'disk of the host full while staging',
    // Until its group is paused, and once more when a person has made room.
    ...{ starts: 1, attempts: GROUP_PAUSE + 1, host: SMALL_DISK },
    async play(world) {
      await world.host.fillDisk();
      world.start();
      const job = await world.submit();
      const isStuck = ({ state, attempt }: Job) => state === 'queued' && attempt === GROUP_PAUSE;
      const { error } = await world.awaitJob(job, isStuck);
      await world.host.freeDisk();
      await (await world.connection()).call('queue.resume', {});
      return { job, proof: error?.code === 'disk_full' ? error.message : '' };
    },
  },
  {
    name: 'disk of this machine full in mid-run',
    ...{ starts: 1, attempts: 1, sim: SLOW },
    async play(world) {
      await smallRuns(world.space.stateDir);
      world.start();
      const job = await world.submit();
      await world.underWay(job);
      return { job, proof: await fillOwn(world) };
    },
  },
  {
    name: 'disk of the host full in mid-run',
    ...{ starts: 2, attempts: 2, host: SMALL_DISK, sim: SLOW },
    async play(world) {
      world.start();
      const job = await world.submit();
      const run = await world.underWay(job);
      await world.host.fillDisk();
      const proof = await spaceMissed(world, run);
      await world.host.freeDisk();
      return { job, proof };
    },
  },
];

/** A file system of its own, gone with the test. */
async function smallRuns(stateDir: string): Promise<void> {
  const folder = path.join(stateDir, 'runs');
  await mkdir(folder, { recursive: true });
  await must(['mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]);
  onTestFinished(async () => {
    await must(['umount', '--lazy', folder]);
  });
}

/** Of this machine, where the daemon keeps its copies of logs: until there is room again it follows anew. */
async function fillOwn(world: RemoteWorld): Promise<string> {
  const { stateDir } = world.space;
  const filler = path.join(stateDir, 'runs', 'filler');
  await execute(['dd', 'if=/dev/zero', `of=${filler}`, 'bs=4096']); // ends with "no space left"
  await until('the daemon misses room', () => world.troubles().includes('ENOSPC'));
  await rm(filler);
  return 'ENOSPC in the log of the daemon';
}

/** The model's own files and its log are on the same disk: it says so nowhere, but it ends. Its wrapper waits. */
async function spaceMissed({ host }: RemoteWorld, run: string): Promise<string> {
  const command = `pgrep -f '^[^ ]*python.*inference' || true`;
  await until('the model has given up', async () => (await host.sh(command)).stdout === '', 60_000);
  return `the model of ${run} has ended on a full disk`;
}

/** As the kernel calls it: T = stopped (proc(5)). */
function stateOf(pid: number): string | undefined {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0];
}
