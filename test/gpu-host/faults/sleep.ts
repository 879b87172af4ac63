/** Clocks that jump, and laptops that sleep. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../execute.js';
import type { RemoteWorld } from '../remote-world.js';
import type { Fault } from './at-boundary.js';
import { type Cell, FREE, midRun, SLOW } from './cell.js';

const HOUR = 3600;

/** Linux counts no sleep in its monotonic clock; Windows and newer macOS do. */
const LAPTOPS = [
  { name: 'laptop asleep for an hour', ahead: { wall: HOUR, monotonic: 0 } },
  { name: 'laptop asleep for an hour that its monotonic clock counts', ahead: { wall: HOUR, monotonic: HOUR } },
] as const;

export const SLEEP_FAULTS: readonly Fault[] = LAPTOPS.map(({ name, ahead }) => ({
  name,
  at: () => FREE,
  async arrange(world) {
    await world.shiftClocks();
  },
  async strike(world, run, phase) {
    if (phase === 'working') await untilOver(world, run);
    await world.host.dropSessions();
    return wakeLater(world, ahead);
  },
}));

export const TIME_CELLS: readonly Cell[] = [
  ...[HOUR, -HOUR].map((seconds) =>
    midRun(`clock of the host jumps by ${seconds} s in mid-run`, async ({ host }) => {
      host.setClockSkew(seconds);
      const { stdout } = await host.ssh('date +%s');
      const jumped = Number(stdout) - Date.now() / 1000;
      return Math.abs(jumped - seconds) < 5 ? `the host is ${Math.round(jumped)} s ahead` : '';
    }),
  ),
  ...LAPTOPS.flatMap(({ name, ahead }) => [
    asleep(`${name} in mid-run, awake before the run is over`, ahead, false),
    asleep(`${name} until the run is over, its connections dead`, ahead, true),
  ]),
];

function asleep(name: string, ahead: (typeof LAPTOPS)[number]['ahead'], untilEnd: boolean): Cell {
  return {
    ...{ name, ...FREE, sim: SLOW },
    async play(world) {
      await world.shiftClocks();
      world.start();
      const job = await world.submit();
      const run = await world.underWay(job);
      await world.haltDaemon();
      if (untilEnd) {
        await world.host.dropSessions();
        await untilOver(world, run);
      }
      const proof = await wakeLater(world, ahead);
      world.continueDaemon();
      return { job, proof };
    },
  };
}

/** Sets the clocks of the daemon, which stands still; gives the proof that it has clocks which can be set. */
async function wakeLater(world: RemoteWorld, ahead: { wall: number; monotonic: number }): Promise<string> {
  (await world.shiftClocks()).ahead(ahead);
  const isShifted = readFileSync(`/proc/${world.daemonPid}/maps`, 'utf8').includes('clock-shift');
  return isShifted ? `${ahead.wall} s later, ${ahead.monotonic} s by its monotonic clock` : '';
}

function untilOver({ root }: RemoteWorld, run: string): Promise<void> {
  return until('the run is over', () => existsSync(path.join(root, 'runs', run, 'exit')));
}
