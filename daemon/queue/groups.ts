/** How the runs of a group (jobs of one batch key) went: what pauses it, and whether its canary has come home. */
import { FailureClass } from '../../schemas/index.js';
import type { GroupHistory } from '../job/plan.js';
import type { Database } from './db.js';

/** More failures in a row than anybody configures to pause a group. */
const REMEMBERED = 100;

export class GroupHistories {
  private readonly sql;

  constructor(db: Database) {
    this.sql = prepare(db);
  }

  /** Failures up to `since` (UTC ISO) are forgiven. */
  of(batchKeys: Iterable<string>, since: string): ReadonlyMap<string, GroupHistory> {
    return new Map(Array.from(new Set(batchKeys), (key) => [key, this.history(key, since)]));
  }

  private history(key: string, since: string): GroupHistory {
    const attempts = this.sql.ended.all(key, since, REMEMBERED);
    const success = attempts.findIndex(({ outcome }) => outcome === 'succeeded');
    const failed = success === -1 ? attempts : attempts.slice(0, success);
    return {
      succeeded: this.sql.succeeded.get(key) !== undefined,
      running: this.sql.running.get(key)?.count ?? 0,
      failures: failed.map(({ errorClass }) => FailureClass.parse(errorClass)).reverse(),
    };
  }
}

const MEMBERS = 'attempts JOIN runs ON runs.id = attempts.run WHERE runs.batchKey = ?';

function prepare(db: Database) {
  return {
    succeeded: db.prepare<[string]>(`SELECT 1 FROM ${MEMBERS} AND outcome = 'succeeded' LIMIT 1`),
    running: db.prepare<[string], { count: number }>(`SELECT count(*) AS count FROM ${MEMBERS} AND outcome IS NULL`),
    ended: db.prepare<[string, string, number], { outcome: string; errorClass: string | null }>(`
      SELECT outcome, errorClass FROM ${MEMBERS} AND attempts.endedAt > ?
        AND (outcome = 'succeeded' OR (outcome = 'failed' AND errorClass IS NOT NULL))
      ORDER BY attempts.endedAt DESC, attempts.seq DESC LIMIT ?`),
  };
}
