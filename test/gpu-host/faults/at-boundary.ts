/** Faults at the named step boundaries: the daemon kills itself there, or stands still while its world is harmed. */
import { until } from '../execute.js';
import type { GpuHostOptions } from '../options.js';
import type { RemoteWorld } from '../remote-world.js';
import { BOUNDARIES, type Boundary, type Phase } from './boundaries.js';
import { type Cell, type Cost, FREE, type Played, SLOW } from './cell.js';

/** Something that can happen at any boundary. */
export interface Fault {
  readonly name: string;
  readonly host?: GpuHostOptions;
  /** What it costs there, or why it cannot happen there. */
  at(boundary: Boundary): Cost | string;
  /** Before there is a daemon. */
  arrange?(world: RemoteWorld): Promise<void>;
  /** While the daemon stands still at the boundary; gives the proof. `run` is empty while there is none on the host. */
  strike(world: RemoteWorld, run: string, phase: Phase): Promise<string>;
  /** When the daemon goes on: takes the harm away once it was felt. What it gives is added to the proof. */
  lift?(world: RemoteWorld, job: string, phase: Phase): Promise<string | undefined>;
}

/** A fault and a boundary that do not go together. */
export interface NoCell {
  readonly name: string;
  readonly why: string;
}

export function cellsOf(fault: Fault): readonly Cell[] {
  return BOUNDARIES.flatMap((boundary) => {
    const cost = fault.at(boundary);
    return typeof cost === 'string' ? [] : [cellOf(fault, boundary, cost)];
  });
}

export function impossible(fault: Fault): readonly NoCell[] {
  return BOUNDARIES.flatMap((boundary) => {
    const why = fault.at(boundary);
    return typeof why === 'string' ? [{ name: nameOf(fault, boundary), why }] : [];
  });
}

/** The daemon dies there and is started again. */
export const KILLS: readonly Cell[] = BOUNDARIES.map((boundary) => ({
  ...basics(boundary, FREE),
  name: nameOf({ name: 'daemon killed' }, boundary),
  async play(world) {
    const { job, struck } = await reach(world, boundary, 'SIGKILL');
    world.start();
    return { job, proof: struck === boundary.name ? `killed at ${struck}` : '' };
  },
}));

function cellOf(fault: Fault, boundary: Boundary, cost: Cost): Cell {
  const { phase } = boundary;
  return {
    ...basics(boundary, cost),
    ...(fault.host === undefined ? {} : { host: fault.host }),
    name: nameOf(fault, boundary),
    async play(world): Promise<Played> {
      await fault.arrange?.(world);
      const { job } = await reach(world, boundary, 'SIGSTOP');
      const run = world.witness.runs().at(-1) ?? '';
      if (phase === 'working') await until('the model works', () => world.witness.hasStep(run, 3));
      const proof = await fault.strike(world, run, phase);
      world.continueDaemon();
      const felt = await fault.lift?.(world, job, phase);
      return { job, proof: proof === '' || felt === undefined ? proof : `${proof}; ${felt}` };
    },
  };
}

function basics({ phase }: Boundary, cost: Cost): Omit<Cell, 'name' | 'play'> {
  const sim = phase === 'working' || phase === 'stopped' ? { sim: SLOW } : {};
  return { ...cost, ...sim, end: phase === 'stopped' ? 'cancelled' : 'succeeded' };
}

function nameOf(fault: Pick<Fault, 'name'>, boundary: Boundary): string {
  return `${fault.name} at ${boundary.name}`;
}

/** Plays on until the daemon is struck at the boundary. */
async function reach(world: RemoteWorld, { name, phase }: Boundary, signal: 'SIGKILL' | 'SIGSTOP') {
  const daemon = world.start({ at: name, signal });
  await until('the daemon has called the host', async () => (await world.hostLine()).state === 'online');
  const job = await world.submit();
  if (phase === 'stopped') {
    await world.underWay(job);
    const client = await world.connection();
    void client.call('job.cancel', { ids: [job] }).catch(() => undefined); // its answer may come late, or never
  }
  return { job, struck: await daemon.struck() };
}
