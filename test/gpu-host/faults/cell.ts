/** One cell of the fault matrix: a harm at a moment, and what must be true when everything is over. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { GpuHostOptions } from '../options.js';
import type { RemoteWorld } from '../remote-world.js';

export interface Cell {
  readonly name: string;
  /** A host of the cell's own, brought up so; left out: the one that the cells share. */
  readonly host?: GpuHostOptions;
  /** Variables of cosmos-sim. */
  readonly sim?: Readonly<Record<string, string>>;
  /** How often the model has to start: every further start is work done and paid for again. */
  readonly starts: number;
  /** Times that the job is given to a slot. */
  readonly attempts: number;
  /** Submits the job, does the harm and, where that is a part of the cell, takes it away again. */
  play(world: RemoteWorld): Promise<Played>;
}

export interface Played {
  readonly job: string;
  /** What shows that the harm was done; the cell counts as empty without it. */
  readonly proof: string;
}

/** A run that lasts some seconds, so that there is a middle to strike. */
export const SLOW = { COSMOS_SIM_STEP_S: '0.1' };

/** The daemon dies at a boundary of the runner and is started again. */
export function killedAt(boundary: string): Cell {
  return {
    name: `daemon killed at ${boundary}`,
    ...{ starts: 1, attempts: 1 },
    async play(world) {
      const daemon = world.start(boundary);
      const job = await world.submit();
      await daemon.exited;
      const proof = readFileSync(path.join(world.space.stateDir, 'crashed-at'), 'utf8');
      world.start();
      return { job, proof: proof === boundary ? `crashed at ${proof}` : '' };
    },
  };
}

/** Something happens while the model works; `strike` gives the proof. */
export function midRun(
  name: string,
  strike: (world: RemoteWorld, run: string, job: string) => Promise<string>,
  expected: Partial<Omit<Cell, 'name' | 'play'>> = {},
): Cell {
  return {
    ...{ name, starts: 1, attempts: 1, sim: SLOW },
    ...expected,
    async play(world) {
      world.start();
      const job = await world.submit();
      const proof = await strike(world, await world.underWay(job), job);
      return { job, proof };
    },
  };
}
