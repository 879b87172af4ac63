/** Builds the command of NVIDIA's Python program, for one GPU or several. */
import { createHash } from 'node:crypto';
import { CosmosError } from '../../errors.js';
import type { Command, Seat } from '../engine.js';

/** Where both Dockerfiles of NVIDIA expect the checkout (NVIDIA's docs/setup.md). */
const WORKDIR = '/workspace';

export interface PythonProgram {
  /** `python examples/inference.py` or `python -m cosmos_framework.scripts.inference`. */
  readonly entry: readonly string[];
  readonly args: readonly string[];
}

/**
 * One process a GPU. Inside the container the GPUs of the run are numbered from 0, so nothing selects them again.
 * @throws CosmosError internal without GPUs.
 */
export function pythonCommand({ entry, args }: PythonProgram, seat: Seat | undefined): Command {
  if (seat === undefined || seat.gpus.length === 0) {
    throw new CosmosError('internal', 'A run of a Cosmos model was to start without a GPU; its host must give it one.');
  }
  const { gpus, masterPort } = seat;
  const several = ['torchrun', `--nproc_per_node=${gpus.length}`, `--master_port=${masterPort}`] as const;
  const argv: Command['argv'] = gpus.length === 1 ? ['python', ...entry, ...args] : [...several, ...entry, ...args];
  // Python keeps what it prints to a file in a buffer of 8 KiB, and the log would lag behind by that.
  return { argv, env: { PYTHONUNBUFFERED: '1' }, workdir: WORKDIR, gpus };
}

/** Ports below those that Linux assigns (32768 and up) and above those of usual services. */
const PORTS = { first: 20_000, count: 10_000 };

/** A port for the processes of a run: the same at every try, and hardly ever that of another run on the host. */
export function portOf(run: string): number {
  return PORTS.first + (createHash('sha256').update(run).digest().readUInt32BE() % PORTS.count);
}
