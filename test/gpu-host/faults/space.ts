/** Disks that are full, here and over there. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { hear } from '../../../client/hear.js';
import { isEnded } from '../../../daemon/job/life.js';
import type { Job } from '../../../schemas/received.js';
import { execute, must, until } from '../execute.js';
import type { RemoteWorld } from '../remote-world.js';
import type { Fault } from './at-boundary.js';
import { type Cell, FREE, ONE_MORE_RUN, SLOW } from './cell.js';

/** The configuration's default: failures of one class after which a group waits for the user. */
const GROUP_PAUSE = 3;
/** Until its group is paused, and once more after the user has made room. */
const UNTIL_PAUSED = { starts: 1, attempts: GROUP_PAUSE + 1 };

const SMALL_DISK = { homeBytes: 64 * 2 ** 20 };

export const SPACE_FAULTS: readonly Fault[] = [
  {
    name: 'disk of the host full',
    host: SMALL_DISK,
    at: ({ phase }) => {
      if (phase === 'here') return UNTIL_PAUSED;
      return phase === 'working' ? ONE_MORE_RUN : FREE;
    },
    async strike({ host }) {
      await host.fillDisk();
      return (await host.ssh('echo more >more')).stderr.trim();
    },
    async lift(world, job, phase) {
      switch (phase) {
        case 'here':
          return roomMade(world, job);
        case 'sent': {
          const felt = await roomMissed(world, job);
          await world.host.freeDisk();
          return felt;
        }
        case 'working':
          return modelGivesUp(world);
        case 'made':
        case 'brought':
        case 'stopped':
          await world.ended(job);
          await world.host.freeDisk();
          return undefined;
      }
    },
  },
  {
    name: 'disk of this machine full',
    at: () => FREE,
    async arrange(world) {
      await smallDisk(world.space.stateDir, 64);
      world.writeSshConfig(); // the home of the daemon is there too
    },
    strike: ({ space }) => fill(space.stateDir),
    async lift(world, job) {
      const felt = await roomMissed(world, job);
      await empty(world.space.stateDir);
      return felt;
    },
  },
];

export const SPACE_CELLS: readonly Cell[] = [
  {
    name: 'disk of this machine full in mid-run',
    ...{ ...FREE, sim: SLOW },
    async play(world) {
      const { stateDir } = world.space;
      await smallDisk(path.join(stateDir, 'runs'), 4);
      world.start();
      const job = await world.submit();
      await world.underWay(job);
      await fill(path.join(stateDir, 'runs'));
      await until('the daemon misses room', () => world.troubles().includes('ENOSPC'));
      await empty(path.join(stateDir, 'runs'));
      return { job, proof: 'ENOSPC in the log of the daemon' };
    },
  },
  {
    name: 'disk of this machine full while a clip appears',
    ...FREE,
    async play(world) {
      const { stateDir, exports } = world.space;
      await smallDisk(stateDir, 64);
      world.writeSshConfig();
      world.start();
      const client = await world.connection();
      await fill(stateDir);
      world.writeClip({}, 'second');
      const clip = { path: path.join(exports, 'second') };
      const proof = await client.call('clip.register', clip).then(
        () => '',
        (error: Error) => error.message,
      );
      await empty(stateDir);
      return { job: await world.submit('second'), proof };
    },
  },
  {
    name: 'disk of the host full in mid-run',
    ...{ ...ONE_MORE_RUN, host: SMALL_DISK, sim: SLOW },
    async play(world) {
      world.start();
      const job = await world.submit();
      await world.underWay(job);
      await world.host.fillDisk();
      return { job, proof: await modelGivesUp(world) };
    },
  },
];

/** Resolves when the group of the job waits for the user. */
async function roomMade(world: RemoteWorld, job: string): Promise<string> {
  const isStuck = ({ state, attempt }: Job) => state === 'queued' && attempt === GROUP_PAUSE;
  const { error } = await world.awaitJob(job, isStuck);
  await world.host.freeDisk();
  await (await world.connection()).call('queue.resume', {});
  return error?.code === 'disk_full' ? error.message : `not disk_full: ${error?.message}`;
}

/** The model's own files and its log are on the same disk: it says so nowhere, but it ends. Its wrapper waits. */
async function modelGivesUp({ host }: RemoteWorld): Promise<string> {
  const command = `pgrep -f '^[^ ]*python.*inference' || true`;
  await until('the model has given up', async () => (await host.sh(command)).stdout === '');
  await host.freeDisk();
  return 'the model has ended on a full disk';
}

/** A file system of its own, gone with the test. */
async function smallDisk(folder: string, megabytes: number): Promise<void> {
  await must(['mkdir', '-p', folder]);
  await must(['mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  onTestFinished(async () => {
    await must(['umount', '--lazy', folder]);
  });
}

async function fill(folder: string): Promise<string> {
  const { stderr } = await execute(['dd', 'if=/dev/zero', `of=${path.join(folder, 'filler')}`, 'bs=4096']);
  return /No space left on device/.exec(stderr)?.[0] ?? '';
}

function empty(folder: string): Promise<void> {
  return rm(path.join(folder, 'filler'));
}

/** What clients see while the daemon cannot write; a job that has nothing more to write still ends. */
async function roomMissed(world: RemoteWorld, id: string): Promise<string> {
  const client = await world.connection();
  let stage = '';
  hear(client, 'progress', (progress) => {
    if (progress.job === id) stage = progress.stage;
  });
  await client.call('event.subscribe', {});
  await world.awaitJob(id, ({ state }) => isEnded(state) || /no space/i.test(stage));
  return stage === '' ? 'nothing was left to write' : stage;
}
