/** Records every journaled event in order, over any number of connections, and lets others wait for one. */
import type { Event } from '../../schemas/received.js';
import type { Clock } from '../clock.js';
import { CosmosError } from '../errors.js';

interface Waiter {
  readonly look: (event: Event) => void;
  readonly fail: (error: unknown) => void;
}

export class JournalWitness {
  readonly events: Event[] = [];
  /** Sequence numbers that did not follow their predecessor by one. */
  readonly jumps: string[] = [];
  private readonly waiters = new Set<Waiter>();

  constructor(
    private readonly clock: Clock,
    private readonly onEvent: (event: Event) => void,
  ) {}

  /** The last sequence number seen; 0 = none. */
  get seq(): number {
    return this.events.at(-1)?.seq ?? 0;
  }

  take(event: Event): void {
    if (event.seq !== this.seq + 1) this.jumps.push(`${this.seq} -> ${event.seq}`);
    this.events.push(event);
    this.onEvent(event);
    for (const waiter of [...this.waiters]) waiter.look(event);
  }

  /**
   * The first event behind number `since` for which `find` has an answer, already seen or still to come.
   * @throws CosmosError internal after `seconds`, saying what was waited for
   */
  until<T>(what: string, seconds: number, find: (event: Event) => T | undefined, since = 0): Promise<T> {
    for (const event of this.events) {
      const found = event.seq > since ? find(event) : undefined;
      if (found !== undefined) return Promise.resolve(found);
    }
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        cancel();
        this.waiters.delete(waiter);
        settle();
      };
      const look = (event: Event) => {
        const found = find(event);
        if (found !== undefined) end(() => resolve(found));
      };
      const waiter: Waiter = { look, fail: (error) => end(() => reject(error)) };
      const cancel = this.clock.after(seconds * 1000, () => {
        waiter.fail(new CosmosError('internal', `${what} did not happen within ${seconds} seconds.`));
      });
      this.waiters.add(waiter);
    });
  }

  /** Ends every wait: the daemon went away, or the person stopped the demo. */
  abandon(error: unknown): void {
    for (const waiter of [...this.waiters]) waiter.fail(error);
  }
}
