/** What every verb gets: the daemon, the output, the clock. */
import type { DaemonClient } from '../../client/daemon-client.js';
import { type Clock, systemClock } from '../clock.js';
import { CosmosError } from '../errors.js';
import { defaultStateDir, StateDir } from '../state-dir.js';
import { askYesNo, canAsk } from './ask.js';
import { Output } from './output/output.js';
import { absolutePath } from './references.js';
import type { DaemonLocation } from './start-daemon.js';

/** The options of program.ts, as commander gives them. */
export interface GlobalOptions {
  readonly stateDir?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly color?: boolean;
}

export class Context implements DaemonLocation {
  readonly stateDir: StateDir;
  readonly config: string | undefined;
  readonly out: Output;
  readonly clock: Clock = systemClock;

  constructor({ stateDir, config, json = false, color = true }: GlobalOptions) {
    // An empty variable counts as not set, as shells write it.
    this.stateDir = new StateDir(stateDir ? absolutePath(stateDir) : defaultStateDir);
    this.config = config ? absolutePath(config) : undefined;
    this.out = new Output({ json, color, env: process.env });
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.clock.now();
  }

  /**
   * Connects to the daemon, and starts one when none runs. A daemon that does not answer is ended and replaced if the
   * person agrees.
   */
  async connect(): Promise<DaemonClient> {
    const [{ connectTo }, { ensureDaemon }] = await Promise.all([import('./client.js'), import('./connect.js')]);
    try {
      return await connectTo(await ensureDaemon(this));
    } catch (error) {
      if (!(error instanceof CosmosError) || error.code !== 'daemon_silent' || !canAsk()) throw error;
      if (!(await askYesNo('End it now, and start a new one?', error.message))) throw error;
      const { endDaemon } = await import('./end-daemon.js');
      await endDaemon(this.stateDir, this.clock);
      return connectTo(await ensureDaemon(this));
    }
  }

  /** Keeps a connection open while `work` runs. */
  async use<T>(work: (daemon: DaemonClient) => Promise<T>): Promise<T> {
    const daemon = await this.connect();
    try {
      return await work(daemon);
    } finally {
      await daemon.close();
    }
  }
}
