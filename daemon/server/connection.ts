/** One client: its socket, its requests, its subscriptions. Everything is released when the socket closes. */
import type { NotificationName, NotificationParams } from '../../schemas/index.js';
import { type CosmosError, coerceError } from '../errors.js';
import type { Logger } from '../log.js';
import type { Call, Context } from './call.js';
import type { Dispatcher } from './dispatch.js';
import { Fanout } from './fanout.js';
import { Inbox } from './inbox.js';
import { GIVE_UP, HIGH_WATER, type Receiver } from './receiver.js';
import type { Unlisten } from './services.js';
import type { Lane, Turns } from './turns.js';

/** What a connection needs of a WebSocket. */
export interface Socket {
  /** Bytes given to send() that the operating system has not taken yet. */
  readonly bufferedAmount: number;
  send(text: string, taken: () => void): void;
  /** Stops reading from the socket until resume(). */
  pause(): void;
  resume(): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

/** RFC 6455, 7.4.1 and its registry: "try again later". */
const TRY_AGAIN_LATER = 1013;

/** Milliseconds for a client that we disconnect to read the reason; then its unsent data is dropped. */
const GOODBYE_MS = 5000;
/**
 * Heartbeats in a row without a sign of life before a client is ended; more than one, because a computer that wakes up
 * runs its timer before it reads its sockets.
 */
const MAX_MISSED = 2;

export interface ConnectionOptions {
  readonly socket: Socket;
  readonly dispatcher: Dispatcher;
  readonly context: Context;
  readonly turns: Turns;
  readonly log: Logger;
  /** Called with the number of log bytes that were left out for this client. */
  readonly onDropped: (bytes: number) => void;
}

export class Connection implements Receiver {
  private readonly fanout: Fanout;
  private readonly lane: Lane;
  private readonly inbox: Inbox;
  private readonly drainListeners = new Set<() => void>();
  private wasFull = false;
  private open = true;
  /** Heartbeats since the client last sent or took something. */
  private missed = 0;

  constructor(private readonly options: ConnectionOptions) {
    const { context, log, onDropped, socket, turns } = options;
    this.lane = turns.lane();
    this.fanout = new Fanout({ ...context, receiver: this, log, onDropped });
    this.inbox = new Inbox({
      ...{ socket, lane: this.lane, clock: context.clock },
      isFull: () => this.full,
      answer: (bytes, refusal) => this.answer(bytes, refusal),
      onHeldBack: () => log.info('a client asks faster than it is answered: its requests wait for their turn'),
    });
    this.onDrain(() => this.inbox.look());
  }

  get full(): boolean {
    const full = this.options.socket.bufferedAmount > HIGH_WATER;
    this.wasFull ||= full;
    return full;
  }

  /** Takes one incoming message, to be answered in its turn. */
  receive(bytes: Buffer): void {
    this.alive();
    if (this.open) this.inbox.push(bytes);
  }

  /** The client has shown that it is there: it asked, took something, or answered a ping. */
  alive(): void {
    this.missed = 0;
  }

  /** Ends the connection of a client that is silent for too long; false = it was ended. Called at each heartbeat. */
  beat(): boolean {
    this.missed++;
    if (this.missed <= MAX_MISSED) return true;
    if (this.full) this.disconnect('You do not read what you asked for. Connect again and subscribe with since.');
    else this.options.socket.terminate();
    return false;
  }

  turn(work: () => void): void {
    this.lane.add(work);
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
    const { socket, context } = this.options;
    socket.close(TRY_AGAIN_LATER, reason);
    context.clock.after(GOODBYE_MS, () => socket.terminate());
    this.close();
  }

  /** The socket is gone or going: nothing is sent any more. May be called twice. */
  close(): void {
    this.open = false;
    this.lane.close();
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
    this.alive();
    if (!this.open || !this.wasFull || this.options.socket.bufferedAmount > 0) return;
    this.wasFull = false;
    // In turns, so that a reader which is faster than we are does not keep us writing without end.
    for (const listener of this.drainListeners) this.turn(listener);
  }

  /** Never rejects. */
  private async answer(bytes: Buffer, refusal: CosmosError | undefined): Promise<void> {
    const after: (() => void)[] = [];
    const { dispatcher, context, log } = this.options;
    const call: Call = { ...context, fanout: this.fanout, afterReply: (work) => after.push(work) };
    const turn = () => new Promise<void>((resolve) => this.turn(resolve));
    try {
      const reply = await dispatcher.dispatch(bytes, call, { turn, refusal });
      if (!this.open) return;
      if (reply !== undefined) this.send(reply);
      for (const work of after) work();
    } catch (error) {
      log.error({ err: coerceError(error) }, 'a message could not be answered');
    }
  }
}
