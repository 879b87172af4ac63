/** The `cosmos` command with some of its streams on a real pseudo-terminal (POSIX), as a user runs it. */
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Surroundings } from './cosmos.js';
import { distFile } from './dist.js';
import { runPython } from './python.js';

const SCRIPT = fileURLToPath(new URL('terminal.py', import.meta.url));

type StreamName = 'stdin' | 'stdout' | 'stderr';

interface OnTerminal extends Omit<Surroundings, 'input'> {
  readonly columns?: number;
  /** Streams that are the terminal; the others are pipes, and nothing comes in. */
  readonly streams?: readonly StreamName[];
  /** What is waited for on the terminal, and what is typed then. */
  readonly typed?: readonly (readonly [string, string])[];
}

/** What came out; bytes that are no UTF-8 as U+FFFD. */
export interface Seen {
  readonly code: number;
  readonly terminal: string;
  readonly stdout: string;
  readonly stderr: string;
}

export async function onTerminal(surroundings: OnTerminal, ...args: readonly string[]): Promise<Seen> {
  const { stateDir, cwd = stateDir, env = {}, columns = 120, streams = ['stdin', 'stdout', 'stderr'] } = surroundings;
  const order = {
    argv: [process.execPath, distFile('daemon/cli/start.cjs'), ...args],
    env: {
      PATH: process.env.PATH,
      TMPDIR: tmpdir(),
      HOME: stateDir,
      COSMOS_STATE_DIR: stateDir,
      TERM: 'xterm',
      ...env,
    },
    ...{ cwd, columns, terminal: streams, typed: surroundings.typed ?? [] },
  };
  const { exitCode, stdout, stderr } = await runPython([SCRIPT, JSON.stringify(order)]);
  if (exitCode !== 0) throw new Error(`terminal.py failed: ${stderr}`);
  const answer = JSON.parse(stdout);
  const text = (name: string) => Buffer.from(String(answer[name]), 'base64').toString();
  return { code: Number(answer.code), terminal: text('terminal'), stdout: text('stdout'), stderr: text('stderr') };
}
