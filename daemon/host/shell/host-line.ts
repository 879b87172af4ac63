/** Keeps the connection to a host. It opens when it is needed, and again after it was lost. */
import { type BackOff, pauseAfter } from '../../back-off.js';
import type { Clock } from '../../clock.js';
import { CosmosError, toCosmosError } from '../../errors.js';
import type { AskPerson } from './ask-person.js';
import type { Remote, RemoteResult, RemoteStream, RunOptions, StreamOptions } from './remote.js';

/** In the pause after a failed attempt every caller gets its error at once: many steps connect at the same time. */
const BACK_OFF: BackOff = { firstMs: 3000, longestMs: 3000 };

/** A connection as this class needs it; ssh.ts has the real one. */
export interface Connection extends Remote {
  onClose(listener: (reason: CosmosError | undefined) => void): () => void;
  close(): void;
}

/** What is known about the connection to the host. */
export interface LineState {
  /** unknown = no attempt was made yet. */
  readonly state: 'online' | 'unreachable' | 'unknown';
  /** One sentence; empty while online. */
  readonly reason: string;
  /** Milliseconds since 1970 at which it last answered; null = never since the start. */
  readonly lastSeen: number | null;
  /** Why there is no connection; null while online, and when it was closed without an error. */
  readonly problem: CosmosError | null;
}

const UNKNOWN: LineState = {
  ...{ state: 'unknown', reason: 'Nobody has connected to it yet.', lastSeen: null, problem: null },
};

export class HostLine implements Remote {
  private connection: Promise<Connection> | undefined;
  private failed: { readonly error: CosmosError; readonly at: number } | undefined;
  private known = UNKNOWN;
  private readonly listeners = new Set<() => void>();
  private readonly ending = new AbortController();

  /** @param open stops when the signal aborts: the connection is no longer needed. */
  constructor(
    private readonly open: (signal: AbortSignal, ask?: AskPerson) => Promise<Connection>,
    private readonly clock: Clock,
  ) {}

  get state(): LineState {
    return this.known;
  }

  /** Calls back when the connection opens, is lost, or fails for another reason; returns a function that unsubscribes. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async run(script: string, args?: readonly string[], options?: RunOptions): Promise<RemoteResult> {
    const result = await (await this.connected()).run(script, args, options);
    this.seen();
    return result;
  }

  stream(script: string, args: readonly string[], options: StreamOptions): RemoteStream {
    const stream = this.connected().then((connection) => connection.stream(script, args, options));
    const done = stream.then((opened) => opened.done);
    done.catch(() => {}); // stdout throws the same error; without this, a caller that reads only stdout would crash the process
    return { stdout: output(stream), done };
  }

  /**
   * @param ask asks the user the host's questions; left out = no user can be asked.
   * @throws CosmosError of the connection; without an attempt when one failed a moment ago, or when a user is needed.
   */
  connected(ask?: AskPerson): Promise<Connection> {
    if (this.ending.signal.aborted)
      throw new CosmosError('host_connection_lost', 'The connection was closed because the daemon ends.');
    if (this.connection !== undefined) return this.connection;
    const attempt = this.attempt(ask);
    this.connection = attempt;
    attempt.catch(() => this.forget(attempt));
    return attempt;
  }

  /** Connects while a user can answer questions. Harmless when it is connected. @throws CosmosError of the connection. */
  async login(ask: AskPerson): Promise<void> {
    await this.connection?.catch(() => {}); // an attempt without a user may be under way
    this.retry();
    await this.connected(ask);
  }

  /** Forgets a failure, so that the next use tries at once: the user has changed the settings. */
  retry(): void {
    this.failed = undefined;
  }

  close(): void {
    this.ending.abort();
    this.connection?.then((connection) => connection.close()).catch(() => {}); // it never opened
  }

  private async attempt(ask: AskPerson | undefined): Promise<Connection> {
    try {
      if (this.failed !== undefined && this.isStill(this.failed)) throw this.failed.error;
      const connection = await this.open(this.ending.signal, ask);
      this.failed = undefined;
      this.seen();
      connection.onClose((reason) => {
        this.connection = undefined;
        this.away(reason);
      });
      if (this.ending.signal.aborted) connection.close();
      return connection;
    } catch (thrown) {
      const error = toCosmosError(thrown);
      if (this.failed?.error !== error) this.failed = { error, at: this.clock.monotonic() };
      this.away(error);
      throw error;
    }
  }

  /** A host that asks questions is not tried again without a user: failed logins could lock the account. */
  private isStill({ error, at }: { readonly error: CosmosError; readonly at: number }): boolean {
    return error.code === 'host_asks' || this.clock.monotonic() - at < pauseAfter(1, BACK_OFF);
  }

  private forget(attempt: Promise<Connection>): void {
    if (this.connection === attempt) this.connection = undefined;
  }

  private away(problem: CosmosError | undefined): void {
    const reason = problem?.message ?? 'The connection was closed.';
    this.know({ ...this.known, state: 'unreachable', reason, problem: problem ?? null });
  }

  private seen(): void {
    this.know({ state: 'online', reason: '', lastSeen: this.clock.now(), problem: null });
  }

  private know(now: LineState): void {
    const before = this.known;
    this.known = now;
    if (before.state === now.state && before.reason === now.reason) return;
    for (const listener of this.listeners) listener();
  }
}

async function* output(stream: Promise<RemoteStream>): AsyncGenerator<Uint8Array> {
  yield* (await stream).stdout;
}
