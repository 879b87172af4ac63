/** The statements of the jobs table, each prepared once. */
import type { JobState } from '../../schemas/index.js';
import { life, RESTING } from '../job/life.js';
import type { Database } from './db.js';
import { JOB_COLUMNS, type JobRow } from './job-row.js';

const names = JOB_COLUMNS.split(', ');
const resting: readonly string[] = RESTING;
const LIVE = Object.keys(life).filter((state) => !resting.includes(state));

/** JSON lists stand in for the variable parts of a filter: null = any. */
export interface JobFilterRow {
  readonly states: string | null;
  readonly clip: string | null;
  readonly limit: number;
}

export function prepareJobs(db: Database) {
  return {
    insert: db.prepare<[object]>(`
      INSERT INTO jobs (${JOB_COLUMNS}, submitKey) VALUES (${names.map((name) => `@${name}`).join(', ')}, @submitKey)`),
    get: db.prepare<[string], JobRow>(`SELECT ${JOB_COLUMNS} FROM jobs WHERE id = ?`),
    submitted: db.prepare<[string], JobRow>(`SELECT ${JOB_COLUMNS} FROM jobs WHERE submitKey = ? ORDER BY seq`),
    list: db.prepare<[JobFilterRow], JobRow>(`
      SELECT ${JOB_COLUMNS} FROM (
        SELECT * FROM jobs
        WHERE (@states IS NULL OR state IN (SELECT value FROM json_each(@states))) AND (@clip IS NULL OR clip = @clip)
        ORDER BY seq DESC LIMIT @limit)
      ORDER BY seq`),
    live: db.prepare<[], JobRow>(`
      SELECT ${JOB_COLUMNS} FROM jobs WHERE state IN (${LIVE.map((state) => `'${state}'`).join(', ')}) ORDER BY seq`),
    counts: db.prepare<[], { state: JobState; count: number }>(
      'SELECT state, count(*) AS count FROM jobs GROUP BY state',
    ),
    candidates: db.prepare<[{ now: string; engines: string; limit: number }], JobRow>(`
      SELECT ${JOB_COLUMNS} FROM jobs
      WHERE state = 'queued' AND (notBefore IS NULL OR notBefore <= @now)
        AND engine IN (SELECT value FROM json_each(@engines))
      ORDER BY priority DESC, position, seq LIMIT @limit`),
    nextDue: db.prepare<[string], { at: string | null }>(
      `SELECT min(notBefore) AS at FROM jobs WHERE state = 'queued' AND notBefore > ?`,
    ),
    /** Compare and set; gives what others may have changed without a move. No row: somebody else moved the job. */
    move: db.prepare<[object], { priority: number; position: number }>(`
      UPDATE jobs SET state = @state, reason = @reason, host = @host, run = @run, attempt = @attempt,
        progress = @progress, eta = @eta, output = @output, error = @errorText, stopReason = @stopReason,
        notBefore = @notBefore, updatedAt = @updatedAt, startedAt = @startedAt, endedAt = @endedAt, fence = @fence
      WHERE id = @id AND state = @fromState AND fence = @fromFence
      RETURNING priority, position`),
    /** What was prepared from other settings is worthless. */
    resettle: db.prepare<[string, string, string]>(
      'UPDATE jobs SET settings = ?, engine = ?, prepared = NULL WHERE id = ?',
    ),
    edit: db.prepare<[object]>(`
      UPDATE jobs SET edited = 1, priority = @priority, project = @project, tags = @tags WHERE id = @id`),
    prepared: db.prepare<[string], { prepared: string | null }>('SELECT prepared FROM jobs WHERE id = ?'),
    setPrepared: db.prepare<[string | null, string]>('UPDATE jobs SET prepared = ? WHERE id = ?'),
  };
}

export type JobStatements = ReturnType<typeof prepareJobs>;
