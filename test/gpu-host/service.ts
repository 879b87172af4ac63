/** A server program of the host: it stays in the foreground, writes a log, and tells its process id in a file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { CLEAN_ENV, until } from './execute.js';
import type { Machine } from './machine.js';

export class Service {
  private process: ChildProcess | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly logFile: string,
    /** As the host sees it, below /run: a reboot empties that. */
    private readonly pidFile: string,
  ) {}

  /** Resolves when `isReady`, which is given what the log says since this start; throws when the program ends first. */
  async start(argv: readonly string[], isReady: (log: string) => boolean | Promise<boolean>): Promise<void> {
    const before = this.log().length;
    const service = this.spawn(argv);
    this.process = service;
    await until(`${argv[0]} is ready`, () => {
      const log = this.log().slice(before);
      if (hasEnded(service)) throw new Error(`${argv[0]} ended at once: ${log.slice(-2000)}`);
      return isReady(log);
    });
  }

  /** Resolves when it has ended; harmless when it is not running. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    const service = this.process;
    if (service === undefined || hasEnded(service)) return;
    const gone = once(service, 'exit');
    await this.signal(signal);
    await gone;
  }

  async signal(signal: NodeJS.Signals): Promise<void> {
    await this.machine.kill(this.pid, signal);
  }

  get isRunning(): boolean {
    return this.process !== undefined && !hasEnded(this.process);
  }

  /** As the host counts; while it is running. */
  get pid(): number {
    return Number(readFileSync(this.machine.inside(this.pidFile), 'utf8'));
  }

  /** Over all starts, also those before a reboot. */
  log(): string {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
  }

  private spawn(argv: readonly string[]): ChildProcess {
    const [file = '', ...args] = this.machine.command(argv);
    const log = openSync(this.logFile, 'a');
    try {
      return spawn(file, args, { env: CLEAN_ENV, stdio: ['ignore', log, log] });
    } finally {
      closeSync(log);
    }
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
