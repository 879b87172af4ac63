/** The watched folders, by absolute path. */
import { Watch } from '../../schemas/index.js';
import type { Database } from './db.js';
import type { Journal } from './journal.js';

interface Row {
  readonly data: string;
}

export class WatchStore {
  private readonly sql;

  constructor(
    db: Database,
    private readonly journal: Journal,
  ) {
    this.sql = {
      get: db.prepare<[string], Row>('SELECT data FROM watches WHERE path = ?'),
      list: db.prepare<[], Row>('SELECT data FROM watches ORDER BY seq'),
      put: db.prepare<[string, string]>(
        'INSERT INTO watches (path, data) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET data = excluded.data',
      ),
      remove: db.prepare<[string]>('DELETE FROM watches WHERE path = ?'),
    };
  }

  get(path: string): Watch | undefined {
    const row = this.sql.get.get(path);
    return row && toWatch(row);
  }

  /** In the order in which they were added. */
  list(): Watch[] {
    return this.sql.list.all().map(toWatch);
  }

  /** Stores a watched folder as it is now; `type` says what has happened ("added", "offline"). */
  put(watch: Watch, type: string): void {
    this.journal.transaction(() => {
      this.sql.put.run(watch.path, JSON.stringify(watch));
      this.journal.append('watch', type, watch.path, watch);
    });
  }

  /** Removes a watched folder. Does nothing when it is not known. */
  remove(path: string): void {
    this.journal.transaction(() => {
      if (this.sql.remove.run(path).changes > 0) this.journal.append('watch', 'removed', path, null);
    });
  }
}

function toWatch({ data }: Row): Watch {
  return Watch.parse(JSON.parse(data));
}
