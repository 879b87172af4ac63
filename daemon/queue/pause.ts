/** Whether the queue starts anything, and why not; kept over restarts. */
import { QueueStatus } from '../../schemas/index.js';
import { type Clock, isoNow } from '../clock.js';
import type { Database } from './db.js';
import type { Journal } from './journal.js';

const RUNNING: QueueStatus = { paused: false, reason: '' };

export class PauseSwitch {
  private readonly sql;

  constructor(
    db: Database,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {
    this.sql = {
      get: db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?'),
      set: db.prepare<[string, string]>('INSERT OR REPLACE INTO settings VALUES (?, ?)'),
    };
  }

  get status(): QueueStatus {
    const row = this.sql.get.get('queue');
    return row === undefined ? RUNNING : QueueStatus.parse(JSON.parse(row.value));
  }

  /** Failures up to here no longer pause their group: a person has said "go on". UTC ISO; '' = never said. */
  get resumedAt(): string {
    return this.sql.get.get('resumedAt')?.value ?? '';
  }

  pause(reason: string): QueueStatus {
    return this.write('paused', { paused: true, reason });
  }

  resume(): QueueStatus {
    return this.journal.transaction(() => {
      this.sql.set.run('resumedAt', isoNow(this.clock));
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
