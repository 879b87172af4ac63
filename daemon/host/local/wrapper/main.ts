/**
 * The process that runs beside a run on its host: `node main.js RUN_FOLDER`. It outlives the daemon that started it,
 * starts the command once, renews the lease while it lives, and records how the command ended.
 */
import { appendFileSync, openSync } from 'node:fs';
import { type Clock, isoNow, systemClock } from '../../../clock.js';
import { coerceError, errnoOf } from '../../../errors.js';
import { spawnLogged } from '../../../process.js';
import { type Identity, identify, signalTree } from '../process-tree.js';
import { RunFolder } from '../run-folder.js';

const LEASE_MS = 2000;
const EXIT_RETRY_MS = 1000;
/** How often the size of a log is looked at that has a limit, and how long a command that was asked to end may take. */
const LOG_LOOK_MS = 250;
const GRACE_MS = 5000;
/** Exit code of shells for a command that cannot be started. */
const CANNOT_START = 127;

class Wrapper {
  private command: Identity | undefined;

  constructor(
    private readonly folder: RunFolder,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    // Before the claim: from the claim on, another process may stop us.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => this.passOn());
    const wrapper = identify(process.pid);
    if (!this.folder.claim({ wrapper, command: null })) return; // another wrapper has this run
    this.keepLease();
    const exitCode = await this.runCommand(wrapper);
    await this.recordExit(exitCode);
  }

  private async runCommand(wrapper: Identity): Promise<number> {
    try {
      const { argv, env, logLimit } = this.folder.readCommand();
      const log = openSync(this.folder.log, 'a', 0o600);
      const child = await spawnLogged(argv, log, { cwd: this.folder.path, purpose: 'run', env });
      this.command = identify(child.pid);
      this.folder.updateClaim({ wrapper, command: this.command });
      if (logLimit !== undefined) this.limitLog(logLimit, this.command);
      const exitCode = await child.exitCode;
      await signalTree(this.command, 'SIGKILL'); // processes that outlive the command would hold files and memory
      return exitCode;
    } catch (error) {
      // The command runs, but its pid could not be recorded. It is ended, because nothing could stop it later.
      if (this.command !== undefined) await signalTree(this.command, 'SIGKILL');
      appendFileSync(this.folder.log, `The command could not be started: ${coerceError(error).message}\n`);
      return CANNOT_START;
    }
  }

  private passOn(): void {
    if (this.command !== undefined) void signalTree(this.command, 'SIGTERM');
  }

  /** Ends a command whose log is over its limit: a log must not fill the disk, also when no daemon follows it. */
  private limitLog(bytes: number, command: Identity): void {
    this.clock.after(LOG_LOOK_MS, () => {
      if (this.folder.logBytes() <= bytes) return this.limitLog(bytes, command);
      void signalTree(command, 'SIGTERM');
      this.clock.after(GRACE_MS, () => void signalTree(command, 'SIGKILL'));
    });
  }

  private keepLease(): void {
    try {
      this.folder.renewLease();
    } catch {
      // A full disk for example: the next renewal tries again.
    }
    this.clock.after(LEASE_MS, () => this.keepLease());
  }

  /** Repeats until the exit code is written: without it, it stays unknown how the run ended. */
  private async recordExit(exitCode: number): Promise<void> {
    for (;;) {
      try {
        return this.folder.writeExit({ exitCode, at: isoNow(this.clock) });
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') return; // the folder was removed: nothing reads the exit code any more
        await new Promise<void>((resolve) => this.clock.after(EXIT_RETRY_MS, resolve));
      }
    }
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('usage: node main.js RUN_FOLDER\n');
  process.exit(2);
}
await new Wrapper(new RunFolder(folder), systemClock).run();
process.exit(0); // the lease timer would go on
