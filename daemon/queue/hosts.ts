/** What is kept of hosts over a restart: who drains, and what clients were last told of each. */
import type { Host } from '../../schemas/index.js';
import type { Database } from './db.js';
import type { Journal } from './journal.js';

interface Row {
  readonly value: string;
}

/** Keys of the settings: the host follows. */
const TOLD = 'host:';
const DRAINING = 'draining:';

export class HostStore {
  private readonly sql;

  constructor(
    db: Database,
    private readonly journal: Journal,
  ) {
    this.sql = {
      get: db.prepare<[string], Row>('SELECT value FROM settings WHERE key = ?'),
      told: db.prepare<[], { key: string }>(`SELECT key FROM settings WHERE key GLOB '${TOLD}*' ORDER BY key`),
      set: db.prepare<[string, string]>('INSERT OR REPLACE INTO settings VALUES (?, ?)'),
      remove: db.prepare<[string]>('DELETE FROM settings WHERE key = ?'),
    };
  }

  /** Hosts that clients know, also from before a restart. */
  told(): string[] {
    return this.sql.told.all().map(({ key }) => key.slice(TOLD.length));
  }

  /** Whether clients know the host as it is now. That it was seen again is no news. */
  isTold(host: Host): boolean {
    return this.sql.get.get(TOLD + host.id)?.value === essence(host);
  }

  /** Tells a host as it is now; `type` names the moment ("added", "changed"). */
  tell(host: Host, type: string): void {
    this.journal.transaction(() => {
      this.sql.set.run(TOLD + host.id, essence(host));
      this.journal.append('host', type, host.id, host);
    });
  }

  /** Tells that a host is gone; harmless when nobody knows it. */
  tellGone(id: string): void {
    this.journal.transaction(() => {
      if (this.sql.remove.run(TOLD + id).changes > 0) this.journal.append('host', 'removed', id, null);
    });
  }

  /** Why the host takes nothing new; undefined = it does. */
  draining(id: string): string | undefined {
    return this.sql.get.get(DRAINING + id)?.value;
  }

  /** @param why one sentence for people; null ends it. */
  setDraining(id: string, why: string | null): void {
    if (why === null) this.sql.remove.run(DRAINING + id);
    else this.sql.set.run(DRAINING + id, why);
  }
}

/** Compared as text, so that a newer version with other fields simply tells anew. */
function essence(host: Host): string {
  return JSON.stringify({ ...host, lastSeen: null });
}
