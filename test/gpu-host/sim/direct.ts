/** cosmos-sim as a plain process, without a container: enough for most tests of what it prints and leaves. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { CLEAN_ENV } from '../execute.js';
import { checkoutFolder, simFolder } from './sources.js';

export interface SimOptions {
  /** Working folder; also its home, so that caches stay there. */
  readonly cwd: string;
  /** Such as COSMOS_SIM_FAULT. */
  readonly env?: Readonly<Record<string, string>>;
}

const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  python: ['python3'],
  torchrun: ['python3', path.join(simFolder, 'bin', 'torchrun')],
};

/**
 * Starts a command line as a container gets it, such as ["python", "examples/inference.py", "-i", ...]; the working
 * folder is `cwd` and not the checkout, so the script is looked up there first.
 */
export function startSim(
  argv: readonly string[],
  { cwd, env = {} }: SimOptions,
): ChildProcessByStdio<null, Readable, Readable> {
  const [program = '', ...args] = argv;
  const [file = program, ...before] = PROGRAMS[program] ?? [];
  const inCheckout = args.map((arg) => (arg === 'examples/inference.py' ? path.join(checkoutFolder, arg) : arg));
  return spawn(file, [...before, ...inCheckout], {
    cwd,
    env: {
      ...CLEAN_ENV,
      HOME: cwd,
      PYTHONPATH: `${simFolder}:${checkoutFolder}`,
      PYTHONDONTWRITEBYTECODE: '1', // the repository is no cache
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
