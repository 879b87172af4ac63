/** The clips the daemon knows, by id. */
import { Clip } from '../../schemas/index.js';
import type { Database } from './db.js';
import type { Journal } from './journal.js';

interface Row {
  readonly data: string;
}

export class ClipStore {
  private readonly sql;

  constructor(
    db: Database,
    private readonly journal: Journal,
  ) {
    this.sql = {
      get: db.prepare<[string], Row>('SELECT data FROM clips WHERE id = ?'),
      list: db.prepare<[], Row>('SELECT data FROM clips ORDER BY seq'),
      put: db.prepare<[string, string]>(
        'INSERT INTO clips (id, data) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data',
      ),
      unhandled: db.prepare<[], Row>("SELECT data FROM clips WHERE data ->> 'revision' > handled ORDER BY seq"),
      handled: db.prepare<[number, string]>('UPDATE clips SET handled = ? WHERE id = ?'),
      remove: db.prepare<[string]>('DELETE FROM clips WHERE id = ?'),
    };
  }

  get(id: string): Clip | undefined {
    const row = this.sql.get.get(id);
    return row && toClip(row);
  }

  /** In the order in which they became known. */
  list(): Clip[] {
    return this.sql.list.all().map(toClip);
  }

  /** Stores a clip as it is now; `type` says what has happened ("ready", "incomplete"). */
  put(clip: Clip, type: string): void {
    this.journal.transaction(() => {
      this.sql.put.run(clip.id, JSON.stringify(clip));
      this.journal.append('clip', type, clip.id, clip);
    });
  }

  /** Clips whose newest revision was not marked as {@link handled}. */
  unhandled(): Clip[] {
    return this.sql.unhandled.all().map(toClip);
  }

  /** Marks the revision as handled: its jobs were submitted, or it needs none. */
  handled({ id, revision }: Pick<Clip, 'id' | 'revision'>): void {
    this.sql.handled.run(revision, id);
  }

  /** Removes a clip. Does nothing when it is not known. Its jobs and results stay. */
  remove(id: string): void {
    this.journal.transaction(() => {
      if (this.sql.remove.run(id).changes > 0) this.journal.append('clip', 'removed', id, null);
    });
  }
}

function toClip({ data }: Row): Clip {
  return Clip.parse(JSON.parse(data));
}
