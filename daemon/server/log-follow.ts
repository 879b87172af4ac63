/**
 * Sends one followed log to one client. The follow keeps only an offset and reads the daemon's copy of the log from
 * there, so neither a long log nor a slow client costs memory. Pieces are batched: one is sent when it has 16 KiB, or
 * 50 ms after the one before. A client that has not read for a second and is far behind the end gets a log.gap and
 * continues near the end; it can read the rest with log.read.
 */
import type { Clock } from '../clock.js';
import { coerceError } from '../errors.js';
import type { Logger } from '../log.js';
import { characterStart, type LogTarget, readPiece } from './log-target.js';
import { HIGH_WATER, type Receiver } from './receiver.js';
import type { Services, Unlisten } from './services.js';

const BATCH_MS = 50;
const BATCH_BYTES = 16 * 2 ** 10;
const MAX_PIECE = 64 * 2 ** 10;
/** Milliseconds for which a client may leave its socket full before it counts as slow. */
const STALL_MS = 1000;

export interface LogFollowOptions {
  readonly id: string;
  readonly target: LogTarget;
  /** Byte of the run log to begin with. */
  readonly from: number;
  readonly services: Services;
  readonly clock: Clock;
  readonly receiver: Receiver;
  readonly log: Logger;
  /** Waits for its turn among the follows of this client to read. */
  readonly reading: <T>(read: () => Promise<T>) => Promise<T>;
  readonly onEnd: () => void;
  readonly onDropped: (bytes: number) => void;
}

export class LogFollow {
  private readonly unlisten: Unlisten[] = [];
  private sent: number;
  /** The end of the log was reached once. Before that nothing is skipped, however slowly the client reads. */
  private live = false;
  private closed = false;
  private pumping = false;
  private woken = false;
  private asked = false;
  private fullSince: number | undefined;
  private lastSentAt = Number.NEGATIVE_INFINITY;
  private cancelTimer: (() => void) | undefined;

  constructor(private readonly options: LogFollowOptions) {
    this.sent = options.from;
  }

  start(): void {
    const { services, receiver, target } = this.options;
    if (this.closed) return;
    this.unlisten.push(
      services.runner.onLog((run) => {
        if (run === target.run) this.ask();
      }),
      // The end of a member inside a longer run changes no byte of the log: it is an event of its job or run.
      services.journal.onEvent(({ kind }) => {
        if (kind === 'run' || kind === 'job') this.ask();
      }),
      receiver.onDrain(() => this.wake()),
    );
    this.wake();
  }

  close(): void {
    this.closed = true;
    for (const unlisten of this.unlisten.splice(0)) unlisten();
    this.cancelTimer?.();
  }

  /** One event may wake many follows: each looks in a turn of its client. */
  private ask(): void {
    if (this.asked) return;
    this.asked = true;
    this.options.receiver.turn(() => {
      this.asked = false;
      this.wake();
    });
  }

  private wake(): void {
    this.woken = true;
    if (this.pumping) return;
    this.pump().catch((error) => {
      this.options.log.error({ err: coerceError(error), run: this.options.target.run }, 'a followed log is unreadable');
      this.end(this.sent);
    });
  }

  /** The last look at `woken` and the end of pumping are one synchronous step: no wake is lost between them. */
  private async pump(): Promise<void> {
    this.pumping = true;
    try {
      while (this.woken) {
        this.woken = false;
        await this.sendWaiting();
      }
    } finally {
      this.pumping = false;
    }
  }

  private async sendWaiting(): Promise<void> {
    for (let step = this.next(); step !== undefined; step = this.next()) {
      if (!(await step())) return;
    }
  }

  /** The next step; undefined = wait until woken. */
  private next(): (() => Promise<boolean>) | undefined {
    const { target, receiver, clock } = this.options;
    if (this.closed) return undefined;
    const { to, ended } = target.range();
    const waiting = to - this.sent;
    if (waiting <= 0) {
      this.live = true;
      if (ended) this.end(to);
      return undefined;
    }
    if (receiver.full) {
      this.fullSince ??= clock.monotonic();
      return undefined;
    }
    if (this.tookStall() && this.live && waiting > HIGH_WATER) return () => this.skipTo(to - MAX_PIECE);
    return this.isBatch(waiting, ended) ? () => this.sendPiece() : undefined;
  }

  /** Whether the client stopped reading for too long; asked once for each stall. */
  private tookStall(): boolean {
    const since = this.fullSince;
    this.fullSince = undefined;
    return since !== undefined && this.options.clock.monotonic() - since > STALL_MS;
  }

  /** Whether the waiting bytes should be sent now; if not, a timer calls again. */
  private isBatch(waiting: number, ended: boolean): boolean {
    if (!this.live || ended || waiting >= BATCH_BYTES) return true;
    const { clock } = this.options;
    const rest = this.lastSentAt + BATCH_MS - clock.monotonic();
    if (rest <= 0) return true;
    this.cancelTimer ??= clock.after(rest, () => {
      this.cancelTimer = undefined;
      this.wake();
    });
    return false;
  }

  /** false = only part of a character is there: wait for the rest. */
  private async sendPiece(): Promise<boolean> {
    const { services, target, receiver, clock, id, reading } = this.options;
    if (this.closed) return false;
    const piece = await reading(() => readPiece(services.logs, target, this.sent, MAX_PIECE));
    if (this.closed || piece.to === piece.from) return false;
    receiver.notify('log.data', { follow: id, ...piece });
    this.sent = piece.to;
    this.lastSentAt = clock.monotonic();
    return true;
  }

  private async skipTo(offset: number): Promise<boolean> {
    const { services, target, receiver, id, onDropped } = this.options;
    const to = await characterStart(services.logs, target.run, offset);
    if (this.closed) return false;
    receiver.notify('log.gap', { follow: id, run: target.run, from: this.sent, to });
    onDropped(to - this.sent);
    this.sent = to;
    return true;
  }

  private end(size: number): void {
    const { receiver, target, id, onEnd } = this.options;
    if (this.closed) return;
    this.close();
    receiver.notify('log.end', { follow: id, run: target.run, size });
    onEnd();
  }
}
