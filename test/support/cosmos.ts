/** The `cosmos` command as a process of its own, as people and scripts run it. */
import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { distFile } from './dist.js';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly stateDir: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Text on standard input; absent = nothing. */
  readonly input?: string;
}

export function cosmos({ stateDir, cwd = stateDir, env = {}, input = '' }: Surroundings, ...args: string[]) {
  const child = spawn(process.execPath, [distFile('daemon/cli/main.js'), ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: stateDir, COSMOS_STATE_DIR: stateDir, ...env },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  child.stdin.end(input);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, finished };
}

/** Runs to the end. */
export function runCosmos(surroundings: Surroundings, ...args: string[]): Promise<Finished> {
  return cosmos(surroundings, ...args).finished;
}
