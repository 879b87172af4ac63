/** Whether the queue is paused, and why. Kept over restarts. */
import { QueueStatus } from '../../schemas/index.js';
import type { Database } from './db.js';
import type { Journal } from './journal.js';

const RUNNING: QueueStatus = { paused: false, reason: '' };

export class PauseSwitch {
  private readonly sql;

  constructor(
    db: Database,
    private readonly journal: Journal,
  ) {
    this.sql = {
      get: db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?'),
      forgive: db.prepare("INSERT OR REPLACE INTO settings SELECT 'forgiven', coalesce(max(seq), 0) FROM runs"),
      set: db.prepare<[string, string]>('INSERT OR REPLACE INTO settings VALUES (?, ?)'),
    };
  }

  get status(): QueueStatus {
    const row = this.sql.get.get('queue');
    return row === undefined ? RUNNING : QueueStatus.parse(JSON.parse(row.value));
  }

  /** Failures of runs up to this number do not count any more: a person has resumed the queue after them. */
  get forgiven(): number {
    return Number(this.sql.get.get('forgiven')?.value ?? 0);
  }

  pause(reason: string): QueueStatus {
    return this.write('paused', { paused: true, reason });
  }

  resume(): QueueStatus {
    return this.journal.transaction(() => {
      this.sql.forgive.run();
      return this.write('resumed', RUNNING);
    });
  }

  private write(type: string, status: QueueStatus): QueueStatus {
    return this.journal.transaction(() => {
      this.sql.set.run('queue', JSON.stringify(status));
      this.journal.append('queue', type, 'queue', status);
      return status;
    });
  }
}
