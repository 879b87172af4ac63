/** How the runs of a group (jobs with one batch key) ended: whether its first job succeeded, and what may pause it. */
import { FailureClass } from '../../schemas/index.js';
import type { GroupHistory } from '../job/plan.js';
import type { Database } from './db.js';
import { LIVE } from './job-sql.js';

/** Most attempts that are read; more than a sensible `group_pause`. */
const REMEMBERED = 100;

export class GroupHistories {
  private readonly sql;

  constructor(db: Database) {
    this.sql = prepare(db);
  }

  /** Failures of runs up to number `forgiven` do not count. */
  of(batchKeys: Iterable<string>, forgiven: number): ReadonlyMap<string, GroupHistory> {
    return new Map(Array.from(new Set(batchKeys), (key) => [key, this.history(key, forgiven)]));
  }

  private history(key: string, forgiven: number): GroupHistory {
    const attempts = this.sql.ended.all(key, forgiven, REMEMBERED);
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
    // Counts jobs and not runs, because a run may have ended while its output is still being verified.
    running: db.prepare<[string], { count: number }>(`
      SELECT count(*) AS count FROM jobs JOIN runs ON runs.id = jobs.run
      WHERE ${LIVE} AND jobs.state <> 'preparing' AND runs.batchKey = ?`),
    ended: db.prepare<[string, number, number], { outcome: string; errorClass: string | null }>(`
      SELECT outcome, errorClass FROM ${MEMBERS} AND runs.seq > ?
        AND (outcome = 'succeeded' OR (outcome = 'failed' AND errorClass IS NOT NULL))
      ORDER BY runs.seq DESC, attempts.position DESC LIMIT ?`),
  };
}
