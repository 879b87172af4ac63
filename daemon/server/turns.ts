/**
 * Whose turn it is. The daemon has one thread, so what it does for one client the others wait for: work is done one
 * piece a turn, between two looks at the sockets. The turn is given to a client that has little waiting before one that
 * has much (as fq_codel, RFC 8290, does with sparse flows), and among these to the one that has cost the least time
 * lately. So a person who clicks is next, however much others have asked for, and on however many connections.
 */
import { performance } from 'node:perf_hooks';

/** Milliseconds after which what a client has cost counts half. */
const HALF_LIFE_MS = 1000;
/** Messages that may wait for a client which counts as one that has little waiting: what a window asks when it opens. */
const LITTLE = 4;

export class Turns {
  private readonly lanes = new Set<Lane>();
  private running = false;
  private fadedAt = performance.now();

  /** A lane for a client. Close it when the client is gone. */
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
   * Two callbacks of one phase of the event loop. What the work leaves to microtasks (a handler behind an `await`) is
   * done between them, so that the second sees all that the turn has cost. Between two turns the sockets are looked at.
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
  /** Milliseconds of the daemon's thread, of late. */
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
