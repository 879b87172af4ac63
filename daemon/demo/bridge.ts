/**
 * Runs the daemon of the demo: starts it, receives its events, kills it, starts it again, and in the end stops it and
 * verifies that it is gone.
 */
import type { DaemonClient } from '../../client/daemon-client.js';
import { isAlive } from '../../client/discovery.js';
import { hear, subscribe } from '../../client/hear.js';
import type { MethodName, Params, ResultOf } from '../../schemas/index.js';
import type { Event, Progress } from '../../schemas/received.js';
import { connectTo } from '../cli/client.js';
import { goneBy } from '../cli/discovery.js';
import { startDaemon } from '../cli/start-daemon.js';
import type { Clock } from '../clock.js';
import { CosmosError } from '../errors.js';
import { JournalWitness } from './journal-witness.js';
import type { Workspace } from './workspace.js';

/** Milliseconds until a killed or stopped process must be gone. */
const GONE = 15_000;

export interface BridgeListener {
  event(event: Event): void;
  progress(progress: Progress): void;
}

export class Bridge {
  readonly journal: JournalWitness;
  /** Every daemon that was started here, oldest first. */
  readonly pids: number[] = [];
  private client: DaemonClient | undefined;
  private readonly progressWaiters = new Set<(progress: Progress) => void>();

  constructor(
    private readonly workspace: Workspace,
    private readonly clock: Clock,
    private readonly listener: BridgeListener,
  ) {
    this.journal = new JournalWitness(clock, (event) => listener.event(event));
  }

  get isConnected(): boolean {
    return this.client !== undefined;
  }

  /** Starts a daemon, receives every event after the last one received, and returns its process id. */
  async start(): Promise<number> {
    const { stateDir, config, env } = this.workspace;
    const discovery = await startDaemon({ stateDir, config, env, clock: this.clock, withStarter: true });
    this.pids.push(discovery.pid);
    const client = await connectTo(discovery);
    this.client = client;
    hear(client, 'progress', (progress) => this.hearProgress(progress));
    client.closed.then(() => this.lost(client));
    await subscribe(client, this.journal.seq, (event) => this.journal.take(event));
    return discovery.pid;
  }

  /** @throws CosmosError daemon_unreachable when no daemon is connected */
  async call<M extends MethodName>(method: M, params: Params<M>): Promise<ResultOf<M>> {
    if (this.client === undefined)
      throw new CosmosError('daemon_unreachable', 'The daemon of the demo is not running.');
    return this.client.call(method, params);
  }

  /** Resolves with the first progress of the job at or above `fraction`; never, when the job skips it. */
  progressOf(job: string, fraction: number): Promise<Progress> {
    return new Promise((resolve) => {
      const look = (progress: Progress) => {
        if (progress.job !== job || progress.fraction < fraction) return;
        this.progressWaiters.delete(look);
        resolve(progress);
      };
      this.progressWaiters.add(look);
    });
  }

  /** kill -9 of the daemon, verified. */
  async kill(): Promise<number> {
    const pid = this.pids.at(-1);
    if (pid === undefined) throw new CosmosError('internal', 'There is no daemon to kill.');
    await this.leave(() => process.kill(pid, 'SIGKILL'));
    if (await goneBy(pid, this.clock, GONE)) return pid;
    throw new CosmosError('internal', `The daemon (process ${pid}) is still there after kill -9.`);
  }

  /** Stops the daemon by its own method; harmless when none runs. */
  async stop(): Promise<void> {
    const { client } = this;
    const pid = this.pids.at(-1);
    if (client === undefined || pid === undefined) return;
    await this.leave(() => client.call('daemon.stop', {}));
    if (!(await goneBy(pid, this.clock, GONE))) process.kill(pid, 'SIGKILL');
    await goneBy(pid, this.clock, GONE);
  }

  /** The daemons started here that still live. */
  leftOver(): number[] {
    return this.pids.filter(isAlive);
  }

  killLeftOver(): void {
    for (const pid of this.leftOver()) process.kill(pid, 'SIGKILL');
  }

  /** The connection is closed first, so that its end is not reported. */
  private async leave(how: () => unknown): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await how();
    await client?.close();
  }

  private hearProgress(progress: Progress): void {
    this.listener.progress(progress);
    for (const look of [...this.progressWaiters]) look(progress);
  }

  private lost(client: DaemonClient): void {
    if (this.client !== client) return;
    this.client = undefined;
    const message = `The daemon (process ${this.pids.at(-1)}) ended unexpectedly; see ${this.workspace.stateDir.daemonLog}.`;
    this.journal.abandon(new CosmosError('daemon_unreachable', message));
  }
}
