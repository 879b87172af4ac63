/**
 * Decides which client is served next. The daemon has one thread, so all clients wait while it works for one: work is
 * done in pieces, one a turn, and the sockets are read between two turns. A client with few waiting messages goes
 * before one with many (as sparse flows do in fq_codel, RFC 8290); among equals, the client that took the least time
 * lately goes first. So a click is served next, however much other connections have asked for.
 */
import { performance } from 'node:perf_hooks';

/** Milliseconds after which the time that a client took counts half. */
const HALF_LIFE_MS = 1000;
/** Most waiting messages of a client that still counts as one with few: as many as a window sends when it opens. */
const LITTLE = 4;

export class Turns {
  private readonly lanes = new Set<Lane>();
  private running = false;
  private fadedAt = performance.now();

  /** The turns of one client. Close the lane when the client is gone. */
  lane(): Lane {
    const lane: Lane = new Lane({
      wake: () => this.wake(),
      forget: () => this.lanes.delete(lane),
    });
    this.lanes.add(lane);
    return lane;
  }

  private wake(): void {
    if (this.running) return;
    this.running = true;
    this.schedule();
  }

  /**
   * Two callbacks of one phase of the event loop. Microtasks of the work (a handler after an `await`) run between them,
   * so that the second callback measures the whole turn. The sockets are read between two turns.
   */
  private schedule(): void {
    let lane: Lane | undefined;
    let from = 0;
    setImmediate(() => {
      from = performance.now();
      lane = this.next();
      lane?.take()?.();
    });
    setImmediate(() => {
      const now = performance.now();
      if (lane !== undefined) lane.cost += now - from;
      this.fade(now);
      this.running = this.next() !== undefined;
      if (this.running) this.schedule();
    });
  }

  private next(): Lane | undefined {
    let best: Lane | undefined;
    for (const lane of this.lanes) if (lane.hasWork && (best === undefined || isBefore(lane, best))) best = lane;
    return best;
  }

  private fade(now: number): void {
    if (now - this.fadedAt < HALF_LIFE_MS) return;
    this.fadedAt = now;
    for (const lane of this.lanes) lane.cost /= 2;
  }
}

function isBefore(one: Lane, other: Lane): boolean {
  const [hasLittle, otherHasLittle] = [one.backlog <= LITTLE, other.backlog <= LITTLE];
  return hasLittle === otherHasLittle ? one.cost < other.cost : hasLittle;
}

export class Lane {
  /** Messages of the client that wait. */
  backlog = 0;
  /** Milliseconds of the daemon's thread that the client took lately. */
  cost = 0;
  private work: (() => void)[] = [];
  private closed = false;

  constructor(private readonly turns: { wake(): void; forget(): void }) {}

  get hasWork(): boolean {
    return this.work.length > 0;
  }

  /** Calls back in a later turn of this client, in the order of asking; never once the lane is closed. */
  add(work: () => void): void {
    if (this.closed) return;
    this.work.push(work);
    this.turns.wake();
  }

  take(): (() => void) | undefined {
    return this.work.shift();
  }

  close(): void {
    this.closed = true;
    this.work = [];
    this.turns.forget();
  }
}
