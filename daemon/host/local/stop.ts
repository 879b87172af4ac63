/** Ending a run of this machine: asked first, then killed, and verified gone either way. */
import { type Clock, isoNow } from '../../clock.js';
import { CosmosError } from '../../errors.js';
import { isAlive, isTreeAlive, signalTree } from './process-tree.js';
import type { Claim, RunFolder } from './run-folder.js';

/** Milliseconds between two checks of a process that we did not start: its end sends us no event. */
const LOOK_MS = 50;
/** Milliseconds that a killed tree may take to go, and a wrapper to write down how its command ended. */
const GONE_MS = 10_000;
/** Without start tokens a wrapper counts as alive while its lease is this young, in milliseconds. */
const LEASE_MS = 30_000;
/** 128 + SIGKILL, as shells say it. */
const KILLED = 137;

export function isWrapperAlive(folder: RunFolder, { wrapper }: Claim, clock: Clock): boolean {
  if (wrapper === null || !isAlive(wrapper)) return false;
  // With a token the answer is certain, also right after the machine slept and every lease looks old.
  return wrapper.token !== null || clock.now() - folder.leaseTime() < LEASE_MS;
}

export function isTreeGone({ command }: Claim): boolean {
  return command === null || !isTreeAlive(command);
}

export class RunStopper {
  constructor(
    private readonly clock: Clock,
    private readonly graceMs: number,
  ) {}

  /** @throws CosmosError internal when the processes are still there after everything. */
  async stop(folder: RunFolder): Promise<void> {
    if (this.isOver(folder)) return;
    await this.ask(folder);
    if (!(await this.within(this.graceMs, () => this.isOver(folder)))) await this.kill(folder);
    // The wrapper may have been killed too, so we record how the run ended.
    if (folder.readExit() === undefined) folder.writeExit({ exitCode: KILLED, at: isoNow(this.clock) });
  }

  private isOver(folder: RunFolder): boolean {
    const claim = folder.readClaim();
    return claim === undefined || (isTreeGone(claim) && !isWrapperAlive(folder, claim, this.clock));
  }

  /** The wrapper passes it on; where there is none any more, the command is asked directly. */
  private async ask(folder: RunFolder): Promise<void> {
    const claim = folder.readClaim();
    if (claim?.wrapper && process.platform !== 'win32' && isWrapperAlive(folder, claim, this.clock)) {
      process.kill(claim.wrapper.pid, 'SIGTERM');
    } else if (claim?.command) {
      await signalTree(claim.command, 'SIGTERM');
    }
  }

  /** The command is killed first, so that its wrapper can still record how it ended. */
  private async kill(folder: RunFolder): Promise<void> {
    const claim = folder.readClaim(); // read again: by now it names the command
    if (claim?.command) await signalTree(claim.command, 'SIGKILL');
    if (await this.within(GONE_MS, () => this.isOver(folder))) return;
    if (claim?.wrapper) await signalTree(claim.wrapper, 'SIGKILL');
    if (await this.within(GONE_MS, () => this.isOver(folder))) return;
    throw new CosmosError('internal', `The processes of the run in ${folder.path} could not be ended.`);
  }

  private async within(ms: number, done: () => boolean): Promise<boolean> {
    const limit = this.clock.monotonic() + ms;
    while (!done()) {
      if (this.clock.monotonic() > limit) return false;
      await new Promise<void>((resolve) => this.clock.after(LOOK_MS, resolve));
    }
    return true;
  }
}
