/**
 * Stores every change of state in order, for clients that were away. A change and its journal rows are one transaction, so
 * the two always agree. Sequence numbers have no gap: a transaction that is rolled back returns its numbers.
 */
import { Event } from '../../schemas/index.js';
import { type Clock, isoNow } from '../clock.js';
import { CosmosError } from '../errors.js';
import { type Database, fromSqlite } from './db.js';

type Kind = Event['kind'];
type DataOf<K extends Kind> = Extract<Event, { kind: K }>['data'];
/** Must not throw, because the change is already committed. */
type Listener = (event: Event) => void;

interface Row {
  seq: number;
  at: string;
  kind: string;
  type: string;
  id: string;
  data: string;
}

export class Journal {
  private readonly sql;
  private readonly listeners = new Set<Listener>();
  private latest: number;
  /** Written, but not yet committed. */
  private pending: Event[] = [];
  /** Committed, but not yet passed to the listeners. */
  private readonly outbox: Event[] = [];
  private telling = false;
  private readonly atomically: <T>(work: () => T) => T;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {
    this.sql = prepare(db);
    // Made once, because making it costs as much as a statement. It returns what its work returns.
    const transaction = db.transaction((work: () => unknown) => work());
    this.atomically = <T>(work: () => T) => transaction.immediate(work) as T;
    this.latest = this.sql.latest.get()?.seq ?? 0;
  }

  /** Number of the last event; 0 = nothing has happened yet. */
  get seq(): number {
    return this.latest;
  }

  /** Number of the oldest event that is kept. */
  oldest(): number {
    return this.sql.oldest.get()?.seq ?? this.latest + 1;
  }

  /** Adds an event to the running transaction; `data` is the whole thing after the change. */
  append<K extends Kind>(kind: K, type: string, id: string, data: DataOf<K>): void {
    if (!this.db.inTransaction)
      throw new CosmosError('internal', `The event ${kind} ${type} is outside a transaction.`);
    const seq = this.latest + 1;
    const at = isoNow(this.clock);
    this.sql.append.run(seq, at, kind, type, id, JSON.stringify(data));
    this.latest = seq;
    // The signature ties data to kind, which TypeScript cannot follow through the object literal.
    this.pending.push({ seq, at, kind, type, id, data } as Event);
  }

  /**
   * Does `work` in one transaction. `work` is synchronous, because other work could run between the parts of a promise.
   * Inside another transaction it becomes part of that one. Listeners are called after the outermost commit, in order.
   */
  transaction<T>(work: () => T): T {
    const before = { seq: this.latest, pending: this.pending.length };
    let result: T;
    try {
      result = this.atomically(work);
    } catch (error) {
      this.latest = before.seq;
      this.pending.length = before.pending;
      throw fromSqlite(error);
    }
    if (!this.db.inTransaction) this.tell();
    return result;
  }

  /** Events after `seq`, oldest first. */
  since(seq: number, limit = 1000): Event[] {
    return this.sql.since.all(seq, limit).map((row) => Event.parse({ ...row, data: JSON.parse(row.data) }));
  }

  /** Calls back for every event from now on; the returned function ends that. */
  onEvent(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Deletes the events before a time, but always keeps the last one, because its number is the count. */
  prune(beforeIso: string): void {
    this.sql.prune.run(beforeIso);
  }

  /** A listener may make changes itself: their events come after the present ones, so all listeners see one order. */
  private tell(): void {
    this.outbox.push(...this.pending);
    this.pending = [];
    if (this.telling) return;
    this.telling = true;
    for (let event = this.outbox.shift(); event !== undefined; event = this.outbox.shift()) {
      for (const listener of this.listeners) this.callListener(listener, event);
    }
    this.telling = false;
  }

  /** A listener that throws is a defect. It is reported, and not thrown to the caller whose change is committed. */
  private callListener(listener: Listener, event: Event): void {
    try {
      listener(event);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}

function prepare(db: Database) {
  return {
    append: db.prepare<[number, string, string, string, string, string]>(
      'INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)',
    ),
    latest: db.prepare<[], { seq: number }>('SELECT seq FROM journal ORDER BY seq DESC LIMIT 1'),
    oldest: db.prepare<[], { seq: number }>('SELECT seq FROM journal ORDER BY seq LIMIT 1'),
    since: db.prepare<[number, number], Row>('SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?'),
    prune: db.prepare<[string]>(`
      DELETE FROM journal WHERE seq < coalesce(
        (SELECT min(seq) FROM journal WHERE at >= ?),
        (SELECT max(seq) FROM journal))`),
  };
}
