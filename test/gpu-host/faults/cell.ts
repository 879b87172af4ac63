/** One cell of the fault matrix: a harm at a moment, and what must be true when everything is over. */
import type { GpuHostOptions } from '../options.js';
import type { RemoteWorld } from '../remote-world.js';

/** What the fault may cost. */
export interface Cost {
  /** How often the model has to start: every further start is work done and paid for again. */
  readonly starts: number;
  /** Times that the job is given to a slot. */
  readonly attempts: number;
}

export interface Cell extends Cost {
  readonly name: string;
  /** A host of the cell's own, brought up so; left out: the one that the cells share. */
  readonly host?: GpuHostOptions;
  /** Variables of cosmos-sim. */
  readonly sim?: Readonly<Record<string, string>>;
  /** How the job ends; left out: succeeded. */
  readonly end?: 'succeeded' | 'cancelled';
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

/** Nothing is done twice. */
export const FREE: Cost = { starts: 1, attempts: 1 };
/** The run is gone, and another one has to do its work. */
export const ONE_MORE_RUN: Cost = { starts: 2, attempts: 2 };

/** Something happens while the model works; `strike` gives the proof. */
export function midRun(
  name: string,
  strike: (world: RemoteWorld, run: string, job: string) => Promise<string>,
  expected: Partial<Omit<Cell, 'name' | 'play'>> = {},
): Cell {
  return {
    ...{ name, ...FREE, sim: SLOW },
    ...expected,
    async play(world) {
      world.start();
      const job = await world.submit();
      const proof = await strike(world, await world.underWay(job), job);
      return { job, proof };
    },
  };
}
