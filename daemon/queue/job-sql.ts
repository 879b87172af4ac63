/** The statements of the jobs table, each prepared once. */
import type { JobState } from '../../schemas/index.js';
import { life, RESTING } from '../job/life.js';
import type { Database, Statement } from './db.js';
import { JOB_COLUMNS, type JobRow, MOVED_COLUMNS } from './job-row.js';

const resting: readonly string[] = RESTING;
const LIVE_STATES = Object.keys(life).filter((state) => !resting.includes(state));

/** A condition that uses the index jobs_unfinished; it must not name an end state. */
export function inStates(states: readonly string[]): string {
  return `jobs.endedAt IS NULL AND jobs.state IN (${states.map((state) => `'${state}'`).join(', ')})`;
}
/** In a state that life.step acts on. */
export const LIVE = inStates(LIVE_STATES);
const QUEUED = inStates(['queued']);

/** The variable parts of a filter are JSON lists; null = any. */
export interface JobFilterRow {
  readonly states: string | null;
  readonly clip: string | null;
  /** Job id. */
  readonly before: string | null;
  readonly limit: number;
}

export interface JobStatements {
  /** {@link JOB_COLUMNS}, frozen files, idempotency key. */
  readonly insert: Statement<unknown[]>;
  readonly get: Statement<[string], JobRow>;
  /** By idempotency key. */
  readonly submitted: Statement<[string], JobRow>;
  readonly list: Statement<[JobFilterRow], JobRow>;
  readonly live: Statement<[], JobRow>;
  readonly counts: Statement<[], { state: JobState; count: number }>;
  readonly candidates: Statement<[{ now: string; engines: string; limit: number }], JobRow>;
  readonly nextDue: Statement<[string], { at: string | null }>;
  /**
   * Compare and set: {@link MOVED_COLUMNS}, then the id and the old state and fence. Returns what may change without a
   * move, or nothing when the job was moved meanwhile.
   */
  readonly move: Statement<unknown[], { priority: number; position: number }>;
  /** Sets new settings and deletes what was prepared from the old ones. */
  readonly resettle: Statement<[string, string, string]>;
  /** Sets new settings that do not change what was prepared. */
  readonly settle: Statement<[string, string]>;
  readonly edit: Statement<[number, string | null, string, string]>;
  readonly files: Statement<[string], { files: string }>;
  readonly prepared: Statement<[string], { prepared: string | null }>;
  readonly setPrepared: Statement<[string | null, string]>;
}

export function prepareJobs(db: Database): JobStatements {
  return {
    insert: db.prepare(
      `INSERT INTO jobs (${JOB_COLUMNS}, files, submitKey) VALUES (${JOB_COLUMNS.replace(/\w+/g, '?')}, ?, ?)`,
    ),
    get: db.prepare(`SELECT ${JOB_COLUMNS} FROM jobs WHERE id = ?`),
    submitted: db.prepare(`SELECT ${JOB_COLUMNS} FROM jobs WHERE submitKey = ? ORDER BY seq`),
    list: db.prepare(`
      SELECT ${JOB_COLUMNS} FROM (
        SELECT * FROM jobs
        WHERE (@states IS NULL OR state IN (SELECT value FROM json_each(@states))) AND (@clip IS NULL OR clip = @clip)
          AND (@before IS NULL OR seq < (SELECT seq FROM jobs WHERE id = @before))
        ORDER BY seq DESC LIMIT @limit)
      ORDER BY seq`),
    live: db.prepare(`SELECT ${JOB_COLUMNS} FROM jobs WHERE ${LIVE} ORDER BY seq`),
    counts: db.prepare('SELECT state, count(*) AS count FROM jobs GROUP BY state'),
    candidates: db.prepare(`
      SELECT ${JOB_COLUMNS} FROM jobs
      WHERE ${QUEUED} AND (notBefore IS NULL OR notBefore <= @now)
        AND engine IN (SELECT value FROM json_each(@engines))
      ORDER BY priority DESC, position, seq LIMIT @limit`),
    nextDue: db.prepare(`SELECT min(notBefore) AS at FROM jobs WHERE ${QUEUED} AND notBefore > ?`),
    move: db.prepare(`
      UPDATE jobs SET ${MOVED_COLUMNS.map((column) => `${column} = ?`).join(', ')}
      WHERE id = ? AND state = ? AND fence = ? RETURNING priority, position`),
    resettle: db.prepare('UPDATE jobs SET settings = ?, engine = ?, prepared = NULL WHERE id = ?'),
    settle: db.prepare('UPDATE jobs SET settings = ? WHERE id = ?'),
    edit: db.prepare('UPDATE jobs SET edited = 1, priority = ?, project = ?, tags = ? WHERE id = ?'),
    files: db.prepare('SELECT files FROM jobs WHERE id = ?'),
    prepared: db.prepare('SELECT prepared FROM jobs WHERE id = ?'),
    setPrepared: db.prepare('UPDATE jobs SET prepared = ? WHERE id = ?'),
  };
}
