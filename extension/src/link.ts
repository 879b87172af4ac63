/** Keeps a connection to the daemon alive and the store true: after every loss it comes back and replays what was missed. */
import { EventEmitter } from 'node:events';
import type { Address, Connected } from '../../client/connect.js';
import type { DaemonClient } from '../../client/daemon-client.js';
import type { Store } from '../../client/store.js';
import type { MethodName, NotificationName, NotificationParams, Params, ResultOf } from '../../schemas/index.js';
import type { Event } from '../../schemas/received.js';
import { Problem, problemOf } from './problem.js';

type Hello = Connected['hello'];
type NotificationHandler = <N extends NotificationName>(name: N, params: NotificationParams<N>) => void;

export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'connected'; readonly hello: Hello }
  | { readonly kind: 'away'; readonly problem: Problem };

export interface Daemons {
  /** The daemon to talk to, or undefined when none runs. @throws Problem */
  find(): Promise<Address | undefined>;
  /** @throws Problem */
  start(): Promise<Address>;
  /** Whether one may be started without being asked. */
  readonly autoStart: boolean;
  /** Whether the last daemon ended without a regular stop. */
  hasCrashed(): Promise<boolean>;
  /**
   * How a daemon would be started, as words to compare: others when somebody has set one up, or set it up anew.
   * undefined = nobody has yet.
   */
  setUp(): string | undefined;
  /** The problem to report if no daemon runs and no start was tried. */
  idle(): Problem;
  /** Resolves when a daemon may have come or was set up, or the signal aborts. */
  mayHaveCome(signal: AbortSignal): Promise<void>;
}

/**
 * Milliseconds within which a crashed daemon is started again only once, so that one that crashes at every start is not
 * restarted for ever.
 */
const RESTART_EVERY = 60_000;

/** Somebody who asked for a start, and what became of it: of try number `after` + 1, or of a later one. */
interface Asker {
  readonly after: number;
  resolve(hello: Hello): void;
  reject(problem: Problem): void;
}

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
  /** Why the last start failed. It is the reason until something changes, and not that none runs, which says less. */
  private failure: Problem | undefined;
  private setUp: string | undefined;
  private tries = 0;
  private askers: readonly Asker[] = [];
  /** Grows when the settings may name another daemon; what is in the store is of `known`. */
  private era = 0;
  private known = 0;
  private restartedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly daemons: Daemons,
    private readonly store: Store,
  ) {
    this.mayStart = daemons.autoStart;
    this.setUp = daemons.setUp();
    this.settled = new Promise((resolve) => {
      this.onState(({ kind }) => kind !== 'starting' && resolve());
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
    return this.client.call(method, params).catch((error) => Promise.reject(problemOf(error)));
  }

  /** Runs until close(). */
  async run(): Promise<void> {
    while (!this.closing.signal.aborted) {
      this.retrying = new AbortController(); // before the try: who asks meanwhile gets another one at once
      this.tries++;
      try {
        const { era } = this;
        await this.session(await this.address(), era);
        this.set({ kind: 'connecting' });
      } catch (error) {
        const problem = problemOf(error);
        this.set({ kind: 'away', problem });
        this.answer(
          ({ after }) => after < this.tries,
          (asker) => asker.reject(problem),
        );
        if (!this.closing.signal.aborted) await this.daemons.mayHaveCome(this.retrying.signal);
      }
    }
  }

  /** Starts a daemon when none runs, and resolves when it is connected. @throws Problem why it is not. */
  start(): Promise<Hello> {
    if (this.current.kind === 'connected') return Promise.resolve(this.current.hello);
    const isUnderWay = this.current.kind === 'starting';
    const connected = new Promise<Hello>((resolve, reject) => {
      this.askers = [...this.askers, { after: isUnderWay ? this.tries - 1 : this.tries, resolve, reject }];
    });
    if (!isUnderWay) this.retry({ start: true });
    return connected;
  }

  /** Tries again at once; `start` also starts a daemon when none runs. */
  retry({ start = false }: { start?: boolean } = {}): void {
    this.mayStart ||= start;
    this.retrying.abort();
  }

  /** The settings may name another daemon now, of which nothing is known yet. */
  reconnect(): void {
    this.era++;
    this.failure = undefined;
    this.mayStart ||= this.daemons.autoStart;
    this.client?.close();
    this.retry();
  }

  close(): void {
    this.closing.abort();
    this.retrying.abort();
    this.client?.close();
    this.answer(
      () => true,
      (asker) => asker.reject(this.whyAway()),
    );
  }

  private async address(): Promise<Address> {
    const found = await this.find();
    if (found !== undefined) return found;
    this.lookAtSetUp();
    if (!this.mayStart && !(await this.mayRestart())) throw this.failure ?? this.daemons.idle();
    this.mayStart = false; // one that was stopped on purpose stays stopped until somebody asks for it
    this.set({ kind: 'starting' });
    try {
      return await this.daemons.start();
    } catch (error) {
      this.failure = problemOf(error);
      throw error;
    }
  }

  /** One that is there and cannot be talked to is news: why an earlier start failed is over. */
  private async find(): Promise<Address | undefined> {
    try {
      return await this.daemons.find();
    } catch (error) {
      this.failure = undefined;
      throw error;
    }
  }

  private lookAtSetUp(): void {
    const before = this.setUp;
    this.setUp = this.daemons.setUp();
    if (this.setUp === before) return;
    this.failure = undefined;
    this.mayStart ||= this.setUp !== undefined && this.daemons.autoStart;
  }

  private async mayRestart(): Promise<boolean> {
    const isDue = performance.now() - this.restartedAt > RESTART_EVERY;
    if (!isDue || !this.daemons.autoStart || !(await this.daemons.hasCrashed())) return false;
    this.restartedAt = performance.now();
    return true;
  }

  /** From connecting to the loss of the connection. */
  private async session(address: Address, era: number): Promise<void> {
    // They bring zod and ws along: see extension.ts.
    const [{ connect }, { hearAll, subscribe }] = await Promise.all([
      import('../../client/connect.js'),
      import('../../client/hear.js'),
    ]);
    const { daemon: client, hello } = await connect(address, { name: 'vscode' });
    hearAll(client, (name, params) => name !== 'event' && this.hear(name, params));
    try {
      const since = era === this.known ? this.store.seq : undefined;
      const take = (event: Event) => era === this.era && this.hear('event', event);
      const { seq, snapshot } = await subscribe(client, since, take);
      if (era !== this.era) return;
      if (snapshot !== null) this.store.reset(snapshot, seq);
      this.known = era;
      this.client = client;
      this.failure = undefined;
      this.set({ kind: 'connected', hello });
      this.answer(
        () => true,
        (asker) => asker.resolve(hello),
      );
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

  private answer(which: (asker: Asker) => boolean, tell: (asker: Asker) => void): void {
    const answered = this.askers.filter(which);
    this.askers = this.askers.filter((asker) => !answered.includes(asker));
    for (const asker of answered) tell(asker);
  }

  /** Listeners are not called again for the same reason. */
  private set(state: LinkState): void {
    const [now, then] = [state, this.current].map((one) => (one.kind === 'away' ? one.problem.message : undefined));
    if (now !== undefined && now === then) return;
    this.current = state;
    this.states.emit('state', state);
  }

  private whyAway(): Problem {
    if (this.current.kind === 'away') return this.current.problem;
    return new Problem('daemon_unreachable', 'The daemon is not connected yet.', ['retry']);
  }
}
