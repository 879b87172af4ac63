/** Verified outputs: one a job, the last one of its attempts. */
import { Result, type ResultMark } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import type { Database } from './db.js';
import type { Journal } from './journal.js';

export interface ResultFilter {
  /** Id of a clip. */
  readonly clip?: string;
  /** Id of a job: only results that are older than its own. */
  readonly before?: string;
  /** The newest so many. */
  readonly limit?: number;
}

interface Row {
  readonly data: string;
}

export class ResultStore {
  private readonly sql;

  constructor(
    db: Database,
    private readonly journal: Journal,
  ) {
    this.sql = prepare(db);
  }

  /** Records an output; that of an earlier attempt of the job is replaced. */
  put(result: Result): Result {
    return this.write(result, 'created');
  }

  get(job: string): Result | undefined {
    const row = this.sql.get.get(job);
    return row && toResult(row);
  }

  /** Newest last. */
  list({ clip, before, limit = -1 }: ResultFilter = {}): Result[] {
    return this.sql.list.all({ clip: clip ?? null, before: before ?? null, limit }).map(toResult);
  }

  count(): number {
    return this.sql.count.get()?.count ?? 0;
  }

  /** A person's judgement; null takes it back. @throws CosmosError not_found. */
  mark(job: string, mark: ResultMark | null): Result {
    return this.journal.transaction(() => {
      const result = this.get(job);
      if (result === undefined) throw new CosmosError('not_found', `${job} has no result to mark.`, { job });
      return this.write({ ...result, mark }, 'marked');
    });
  }

  /** The clip has a new revision: results of any other are stale from now on. Gives those that became so. */
  markStale(clip: string, exceptRevision: number): Result[] {
    return this.journal.transaction(() =>
      this.sql.outdated
        .all(clip, exceptRevision)
        .map(toResult)
        .filter((result) => !result.stale)
        .map((result) => this.write({ ...result, stale: true }, 'stale')),
    );
  }

  private write(result: Result, type: string): Result {
    return this.journal.transaction(() => {
      this.sql.put.run({ job: result.job, clip: result.clip, data: JSON.stringify(result) });
      this.journal.append('result', type, result.job, result);
      return result;
    });
  }
}

function toResult({ data }: Row): Result {
  return Result.parse(JSON.parse(data));
}

function prepare(db: Database) {
  return {
    get: db.prepare<[string], Row>('SELECT data FROM results WHERE job = ?'),
    list: db.prepare<[{ clip: string | null; before: string | null; limit: number }], Row>(`
      SELECT data FROM (
        SELECT seq, data FROM results
        WHERE (@clip IS NULL OR clip = @clip)
          AND (@before IS NULL OR seq < (SELECT seq FROM results WHERE job = @before))
        ORDER BY seq DESC LIMIT @limit)
      ORDER BY seq`),
    count: db.prepare<[], { count: number }>('SELECT count(*) AS count FROM results'),
    outdated: db.prepare<[string, number], Row>(
      'SELECT data FROM results WHERE clip = ? AND revision <> ? ORDER BY seq',
    ),
    put: db.prepare<[{ job: string; clip: string | null; data: string }]>(`
      INSERT INTO results (job, clip, revision, data)
      VALUES (@job, @clip, (SELECT json_extract(source, '$.revision') FROM jobs WHERE id = @job), @data)
      ON CONFLICT (job) DO UPDATE SET data = excluded.data`),
  };
}
