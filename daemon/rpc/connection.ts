/** One client: its socket, its requests, what it listens to. Everything it holds is let go when it closes. */
import type { NotificationName, NotificationParams } from '../../schemas/index.js';
import type { Logger } from '../log.js';
import type { Call, Context } from './call.js';
import type { Dispatcher } from './dispatch.js';
import { Fanout } from './fanout.js';
import { GIVE_UP, HIGH_WATER, type Receiver } from './receiver.js';
import type { Unlisten } from './services.js';

/** What a connection needs of a WebSocket. */
export interface Socket {
  /** Bytes given to send() that the operating system has not taken yet. */
  readonly bufferedAmount: number;
  send(text: string, taken: () => void): void;
  close(code: number, reason: string): void;
}

/** RFC 6455, 7.4.1 and its registry: "try again later". */
const TRY_AGAIN_LATER = 1013;

export interface ConnectionOptions {
  readonly socket: Socket;
  readonly dispatcher: Dispatcher;
  readonly context: Context;
  readonly log: Logger;
  /** Told the bytes of log that were left out for this client. */
  readonly onDropped: (bytes: number) => void;
}

export class Connection implements Receiver {
  private readonly fanout: Fanout;
  private readonly drainListeners = new Set<() => void>();
  private wasFull = false;
  private open = true;

  constructor(private readonly options: ConnectionOptions) {
    const { context, log, onDropped } = options;
    this.fanout = new Fanout({ ...context, receiver: this, log, onDropped });
  }

  get full(): boolean {
    const full = this.options.socket.bufferedAmount > HIGH_WATER;
    this.wasFull ||= full;
    return full;
  }

  /** Answers one incoming message. Never rejects. */
  async receive(text: string): Promise<void> {
    const after: (() => void)[] = [];
    const { dispatcher, context } = this.options;
    const call: Call = { ...context, fanout: this.fanout, afterReply: (work) => after.push(work) };
    const reply = await dispatcher.dispatch(text, call);
    if (!this.open) return;
    if (reply !== undefined) this.send(reply);
    for (const work of after) work();
  }

  notify<N extends NotificationName>(method: N, params: NotificationParams<N>): void {
    this.send(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  onDrain(listener: () => void): Unlisten {
    this.drainListeners.add(listener);
    return () => this.drainListeners.delete(listener);
  }

  disconnect(reason: string): void {
    this.options.log.warn({ reason }, 'a client was disconnected');
    this.options.socket.close(TRY_AGAIN_LATER, reason);
    this.close();
  }

  /** The socket is gone or going: nothing is sent any more. May be called twice. */
  close(): void {
    this.open = false;
    this.fanout.close();
    this.drainListeners.clear();
  }

  private send(text: string): void {
    if (!this.open) return;
    const { socket } = this.options;
    // Judged before sending, so that one big reply (a snapshot) to a client that reads is always possible.
    if (socket.bufferedAmount > GIVE_UP) {
      this.disconnect('You read too slowly. Connect again and subscribe with since.');
      return;
    }
    socket.send(text, () => this.taken());
  }

  private taken(): void {
    if (!this.open || !this.wasFull || this.options.socket.bufferedAmount > 0) return;
    this.wasFull = false;
    for (const listener of [...this.drainListeners]) listener();
  }
}
