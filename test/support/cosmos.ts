/** The `cosmos` command as a process of its own, as people and scripts run it. */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { captured, type Finished } from './captured.js';
import { distFile } from './dist.js';

export interface Surroundings {
  readonly stateDir: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Text on standard input; absent = nothing. */
  readonly input?: string;
}

export function cosmos({ stateDir, cwd = stateDir, env = {}, input = '' }: Surroundings, ...args: string[]) {
  const child = spawn(process.execPath, [distFile('daemon/cli/start.cjs'), ...args], {
    cwd,
    env: { PATH: process.env.PATH, TMPDIR: tmpdir(), HOME: stateDir, COSMOS_STATE_DIR: stateDir, ...env },
  });
  child.stdin.end(input);
  const finished = captured(child);
  return { child, finished };
}

/** Runs to the end. */
export function runCosmos(surroundings: Surroundings, ...args: string[]): Promise<Finished> {
  return cosmos(surroundings, ...args).finished;
}
