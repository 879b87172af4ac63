/** The only place that starts processes. Arguments are lists; nothing here is ever a shell string. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { ExecaError, execa, type ResultPromise } from 'execa';
import { environmentFor, type Purpose } from './environment.js';

export interface ProcessOptions {
  readonly cwd?: string;
  /** Which variables of this process the child gets (environment.ts); left out = those of a tool. */
  readonly purpose?: Purpose;
  /** Names of more variables that it gets. */
  readonly named?: readonly string[];
  /** Additional variables with their values. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** 0 (normal) to 19 (lowest). */
  readonly niceness?: number;
  /** Milliseconds before the process is killed. */
  readonly timeout?: number;
}

/** A process that failed; `stderr` is the end of its stderr, `exitCode` undefined when it could not start. */
export { ExecaError as ProcessError };

/** Runs to the end; rejects with {@link ExecaError} when it cannot start, fails or is aborted. */
export async function runProcess(file: string, args: readonly string[], options: ProcessOptions = {}) {
  const child = execa(file, args, { ...common(options), stdin: 'ignore', maxBuffer: 16 * 2 ** 20 });
  lower(child.pid, options);
  const { stdout, stderr } = await child;
  return { stdout, stderr };
}

/**
 * A process to stream through: raw bytes on stdin and stdout, text on stderr (its last 64 KiB). Await it to learn how it
 * ended, also after it has ended.
 */
export function streamProcess(file: string, args: readonly string[], options: ProcessOptions = {}): StreamedProcess {
  const child = execa(file, args, {
    ...common(options),
    stdin: 'pipe',
    stdout: 'pipe',
    buffer: { stdout: false, stderr: true },
    maxBuffer: { stderr: 2 ** 16 },
    encoding: 'buffer',
  });
  child.catch(() => {}); // when it is aborted between two pieces, it rejects before it is awaited, and that must not end the daemon
  lower(child.pid, options);
  return child;
}
export type StreamedProcess = ResultPromise<{
  stdin: 'pipe';
  stdout: 'pipe';
  buffer: { stdout: false; stderr: true };
  encoding: 'buffer';
}>;

export interface DetachedOptions extends ProcessOptions {
  /** Its stdin is a pipe that closes when this process ends in any way, so that the child notices. */
  readonly lifeline?: boolean;
  /** false = no core dump when it crashes (POSIX), because its memory holds secrets. */
  readonly coreDumps?: boolean;
}

/** On POSIX only a process itself can set its limit: sh sets it and then executes the program under the same pid. */
const WITHOUT_CORE_DUMPS = ['/bin/sh', '-c', 'ulimit -c 0; exec "$0" "$@"'] as const;

/**
 * Starts a process that outlives this one, as leader of its own group (POSIX) and without a console (Windows).
 * execa kills or awaits its children, so this is the one use of node's own spawn.
 */
export function spawnDetached(argv: readonly [string, ...string[]], options: DetachedOptions = {}): number {
  // A program that is searched on PATH, or is missing, must be named as itself in the error.
  const isWrapped = options.coreDumps === false && path.posix.isAbsolute(argv[0]) && existsSync(argv[0]);
  const [file, ...args] = isWrapped ? [...WITHOUT_CORE_DUMPS, ...argv] : argv;
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: environmentOf(options),
    detached: true,
    windowsHide: true,
    stdio: [options.lifeline === true ? 'pipe' : 'ignore', 'ignore', 'ignore'],
  });
  (child.stdin as Socket | null)?.unref(); // a pipe of a child is a socket, and must not keep this process alive
  child.on('error', () => {}); // a failed start shows as pid undefined below; without a listener it would crash
  child.unref();
  if (child.pid === undefined) throw new Error(`could not start ${file}`);
  return child.pid;
}

/** A process whose output goes straight into a file, as leader of its own group (POSIX). */
export interface LoggedProcess {
  readonly pid: number;
  /** Its exit code; 128 + n when signal n ended it, as shells count. */
  readonly exitCode: Promise<number>;
}

/**
 * Starts a process that writes stdout and stderr into the open file `output` by itself, so that nothing is lost when
 * this process dies before it.
 * @throws the system's own error when it cannot start.
 */
export async function spawnLogged(
  argv: readonly [string, ...string[]],
  output: number,
  options: ProcessOptions = {},
): Promise<LoggedProcess> {
  const [file, ...args] = argv;
  const env = environmentOf(options);
  const stdio = ['ignore', output, output] as const;
  const child = spawn(file, args, { cwd: options.cwd, env, detached: true, windowsHide: true, stdio: [...stdio] });
  const exitCode = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
  if (child.pid === undefined) {
    const [error] = await once(child, 'error');
    throw error;
  }
  return { pid: child.pid, exitCode };
}

/** The environment of every child process. */
function environmentOf({ purpose = 'tool', named, env }: ProcessOptions): Record<string, string> {
  return { ...environmentFor(purpose, { named }), ...env };
}

function common(options: ProcessOptions) {
  return {
    cwd: options.cwd,
    env: environmentOf(options),
    extendEnv: false,
    cancelSignal: options.signal,
    timeout: options.timeout,
    forceKillAfterDelay: 2000,
    windowsHide: true,
  };
}

function lower(pid: number | undefined, { niceness }: ProcessOptions): void {
  if (pid === undefined || niceness === undefined) return;
  try {
    setPriority(pid, niceness);
  } catch {
    // The process has already ended: nothing left to lower.
  }
}
