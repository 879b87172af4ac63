/** Keeps a connection to the daemon alive and the store true: after every loss it comes back and replays what was missed. */
import { EventEmitter } from 'node:events';
import type { MethodName, NotificationName, NotificationParams, Params, ResultOf } from '../../schemas/index.js';
import type { Address, DaemonClient, Hello, NotificationHandler } from './client.js';
import { Problem, problemOf } from './problem.js';
import type { Store } from './store.js';

export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly hello: Hello }
  | { readonly kind: 'away'; readonly problem: Problem };

export interface Daemons {
  /** The daemon to talk to, or undefined when none runs. @throws Problem */
  find(): Promise<Address | undefined>;
  /** @throws Problem */
  start(): Promise<Address>;
  /** Whether one may be started without being asked. */
  readonly autoStart: boolean;
  /** The last one was not stopped: it went away without taking its leave. */
  hasCrashed(): Promise<boolean>;
  /** Resolves when a daemon may have come, or the signal aborts. */
  mayHaveCome(signal: AbortSignal): Promise<void>;
}

/** Milliseconds in which a daemon that crashed is started again once: one that cannot live is not started for ever. */
const RESTART_EVERY = 60_000;

/** Milliseconds after which views say that they wait, instead of waiting themselves. */
const PATIENCE = 1000;

export class Link {
  /** Resolves when the first connection is there or has failed; soon in any case. */
  readonly settled: Promise<void>;
  private client: DaemonClient | undefined;
  private current: LinkState = { kind: 'connecting' };
  private readonly states = new EventEmitter<{ state: [LinkState] }>().setMaxListeners(0);
  private readonly listeners = new Set<NotificationHandler>();
  private readonly closing = new AbortController();
  private retrying = new AbortController();
  private mayStart: boolean;
  /** Grows when the settings may name another daemon; what is in the store is of `known`. */
  private era = 0;
  private known = 0;
  private restartedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly daemons: Daemons,
    private readonly store: Store,
  ) {
    this.mayStart = daemons.autoStart;
    this.settled = new Promise((resolve) => {
      this.states.once('state', () => resolve());
      setTimeout(resolve, PATIENCE).unref();
    });
  }

  get state(): LinkState {
    return this.current;
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.states.on('state', listener);
    return () => this.states.off('state', listener);
  }

  /** Over all connections; the returned function takes the listener back. */
  on<N extends NotificationName>(name: N, listener: (params: NotificationParams<N>) => void): () => void {
    const handler: NotificationHandler = (heard: NotificationName, params: unknown) => {
      if (heard === name) listener(params as NotificationParams<N>);
    };
    this.listeners.add(handler);
    return () => this.listeners.delete(handler);
  }

  /** @throws Problem daemon_unreachable while there is no connection, else what the daemon answered. */
  async call<M extends MethodName>(method: M, params: Params<M>): Promise<ResultOf<M>> {
    if (this.client === undefined) throw this.whyAway();
    return this.client.call(method, params);
  }

  /** Runs until close(). */
  async run(): Promise<void> {
    while (!this.closing.signal.aborted) {
      this.retrying = new AbortController(); // before the try: who asks meanwhile gets another one at once
      try {
        const { era } = this;
        await this.session(await this.address(), era);
        this.set({ kind: 'connecting' });
      } catch (error) {
        this.set({ kind: 'away', problem: problemOf(error) });
        if (!this.closing.signal.aborted) await this.daemons.mayHaveCome(this.retrying.signal);
      }
    }
  }

  /** Tries again at once; `start` also starts a daemon when none runs. */
  retry({ start = false }: { start?: boolean } = {}): void {
    this.mayStart ||= start;
    this.retrying.abort();
  }

  /** The settings may name another daemon now, of which nothing is known yet. */
  reconnect(): void {
    this.era++;
    this.mayStart ||= this.daemons.autoStart;
    this.client?.close();
    this.retry();
  }

  close(): void {
    this.closing.abort();
    this.retrying.abort();
    this.client?.close();
  }

  private async address(): Promise<Address> {
    const found = await this.daemons.find();
    if (found !== undefined) return found;
    if (!this.mayStart && !(await this.mayRestart())) {
      throw new Problem('daemon_unreachable', 'No daemon runs.', ['start', 'retry']);
    }
    this.mayStart = false; // one that was stopped on purpose stays stopped until somebody asks for it
    return this.daemons.start();
  }

  private async mayRestart(): Promise<boolean> {
    const isDue = performance.now() - this.restartedAt > RESTART_EVERY;
    if (!isDue || !this.daemons.autoStart || !(await this.daemons.hasCrashed())) return false;
    this.restartedAt = performance.now();
    return true;
  }

  /** From connecting to the loss of the connection. */
  private async session(address: Address, era: number): Promise<void> {
    const { DaemonClient } = await import('./client.js'); // brings zod and ws along: see extension.ts
    const { client, hello } = await DaemonClient.connect(address);
    client.onNotification = (name, params) => this.hear(name, params);
    try {
      const since = era === this.known ? this.store.seq : undefined;
      const { seq, snapshot } = await client.call('event.subscribe', { since });
      if (era !== this.era) return;
      if (snapshot !== null) this.store.reset(snapshot, seq);
      this.known = era;
      this.client = client;
      this.set({ kind: 'connected', hello });
      await client.closed;
    } finally {
      this.client = undefined;
      client.close();
    }
  }

  private hear<N extends NotificationName>(name: N, params: NotificationParams<N>): void {
    if (name === 'event') this.store.apply(params as NotificationParams<'event'>);
    if (name === 'progress') this.store.setProgress(params as NotificationParams<'progress'>);
    for (const listener of this.listeners) listener(name, params);
  }

  private set(state: LinkState): void {
    this.current = state;
    this.states.emit('state', state);
  }

  private whyAway(): Problem {
    if (this.current.kind === 'away') return this.current.problem;
    return new Problem('daemon_unreachable', 'The daemon is not connected yet.', ['retry']);
  }
}
