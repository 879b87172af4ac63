/** What is kept about hosts over a restart: which of them drain, and what clients were last told about each. */
import type { Host } from '../../schemas/index.js';
import type { Database } from './db.js';
import type { Journal } from './journal.js';

interface Row {
  readonly value: string;
}

/** Prefixes of keys in the settings; the id of the host follows. */
const ANNOUNCED = 'host:';
const DRAINING = 'draining:';

export class HostStore {
  private readonly sql;

  constructor(
    db: Database,
    private readonly journal: Journal,
  ) {
    this.sql = {
      get: db.prepare<[string], Row>('SELECT value FROM settings WHERE key = ?'),
      announced: db.prepare<[], { key: string }>(
        `SELECT key FROM settings WHERE key GLOB '${ANNOUNCED}*' ORDER BY key`,
      ),
      set: db.prepare<[string, string]>('INSERT OR REPLACE INTO settings VALUES (?, ?)'),
      remove: db.prepare<[string]>('DELETE FROM settings WHERE key = ?'),
    };
  }

  /** Ids of the hosts that clients know, also from before a restart. */
  announced(): string[] {
    return this.sql.announced.all().map(({ key }) => key.slice(ANNOUNCED.length));
  }

  /** Whether clients know this state of the host. The time at which it was last seen does not count. */
  isAnnounced(host: Host): boolean {
    return this.sql.get.get(ANNOUNCED + host.id)?.value === essence(host);
  }

  /** Journals the state of a host; `type` says what has happened ("added", "changed"). */
  announce(host: Host, type: string): void {
    this.journal.transaction(() => {
      this.sql.set.run(ANNOUNCED + host.id, essence(host));
      this.journal.append('host', type, host.id, host);
    });
  }

  /** Journals that a host is gone. Does nothing when clients do not know it. */
  announceGone(id: string): void {
    this.journal.transaction(() => {
      if (this.sql.remove.run(ANNOUNCED + id).changes > 0) this.journal.append('host', 'removed', id, null);
    });
  }

  /** Why the host takes no new jobs; undefined = it takes them. */
  draining(id: string): string | undefined {
    return this.sql.get.get(DRAINING + id)?.value;
  }

  /** @param why one sentence for people; null = the host takes jobs again. */
  setDraining(id: string, why: string | null): void {
    if (why === null) this.sql.remove.run(DRAINING + id);
    else this.sql.set.run(DRAINING + id, why);
  }
}

/** Compared as text, so that a newer version with other fields announces every host once more. */
function essence(host: Host): string {
  return JSON.stringify({ ...host, lastSeen: null });
}
