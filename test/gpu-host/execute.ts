/** Programs of this machine, started and waited for. */
import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { PATIENCE } from '../support/limits.js';

export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A small, constant environment: what is set where the tests run must not reach the host. */
export const CLEAN_ENV = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' };

/** Runs to the end and never rejects: a program that is missing is an outcome too (127). */
export function execute(argv: readonly string[], input = ''): Promise<ProgramResult> {
  const [file = '', ...args] = argv;
  return new Promise((resolve) => {
    const options = { env: CLEAN_ENV, maxBuffer: 256 * 1024 * 1024 };
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
      resolve({ exitCode, stdout, stderr: stderr === '' ? (error?.message ?? '') : stderr });
    });
    child.stdin?.on('error', () => undefined); // a program need not read its input
    child.stdin?.end(input);
  });
}

/** The same where failing is not foreseen. Gives stdout; throws with what the program said. */
export async function must(argv: readonly string[], input = ''): Promise<string> {
  const { exitCode, stdout, stderr } = await execute(argv, input);
  if (exitCode !== 0) throw new Error(`"${argv.join(' ')}" ended with ${exitCode}: ${stderr.trim()}`);
  return stdout;
}

/** Asks again until the answer is true, where the system offers no event. Throws after `limitMs`. */
export async function until(what: string, ask: () => boolean | Promise<boolean>, limitMs = PATIENCE): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`Waited ${limitMs} ms in vain until ${what}.`);
    await pause(10);
  }
}
