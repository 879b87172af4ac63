/** Verified outputs: one for each job, from its last successful attempt. */
import * as z from 'zod';
import { Result, type ResultMark } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import type { Database } from './db.js';
import type { Journal } from './journal.js';

export interface ResultFilter {
  /** Id of a clip. */
  readonly clip?: string;
  /** Id of a job: only results that are older than its own. */
  readonly before?: string;
  /** At most so many, the newest ones. */
  readonly limit?: number;
}

interface Row {
  readonly data: string;
}

/** Size and hash of a file when it was made: they show later whether it is still the same file. */
export const FileSeal = z.object({ bytes: z.int(), sha256: z.string() });
export type FileSeal = z.infer<typeof FileSeal>;

/** Seals of the files beside the video; the seal of the video is in the result. */
const Seals = z.object({ poster: FileSeal, contactSheet: FileSeal });
export type Seals = z.infer<typeof Seals>;

/** Seals are not sent to clients. Results of older versions have none. */
const Stored = Result.extend({ seals: Seals.optional() });
type Stored = z.infer<typeof Stored>;

export class ResultStore {
  private readonly sql;

  constructor(
    db: Database,
    private readonly journal: Journal,
  ) {
    this.sql = prepare(db);
  }

  /** Stores an output. It replaces the output of an earlier attempt of the job. */
  put(result: Result, seals?: Seals): Result {
    return this.write({ ...result, seals }, 'created');
  }

  get(job: string): Result | undefined {
    const stored = this.stored(job);
    return stored && toResult(stored);
  }

  seals(job: string): Seals | undefined {
    return this.stored(job)?.seals;
  }

  /** Newest last. */
  list({ clip, before, limit = -1 }: ResultFilter = {}): Result[] {
    return this.sql.list
      .all({ clip: clip ?? null, before: before ?? null, limit })
      .map((row) => toResult(toStored(row)));
  }

  count(): number {
    return this.sql.count.get()?.count ?? 0;
  }

  /** Sets the mark that a person gives a result; null removes it. @throws CosmosError not_found. */
  mark(job: string, mark: ResultMark | null): Result {
    return this.journal.transaction(() => {
      const stored = this.stored(job);
      if (stored === undefined) throw new CosmosError('not_found', `${job} has no result to mark.`, { job });
      return this.write({ ...stored, mark }, 'marked');
    });
  }

  /** Marks the results of all older revisions of the clip as stale. @returns those that were not stale before. */
  markStale(clip: string, exceptRevision: number): Result[] {
    return this.journal.transaction(() =>
      this.sql.outdated
        .all(clip, exceptRevision)
        .map(toStored)
        .filter(({ stale }) => !stale)
        .map((stored) => this.write({ ...stored, stale: true }, 'stale')),
    );
  }

  private stored(job: string): Stored | undefined {
    const row = this.sql.get.get(job);
    return row && toStored(row);
  }

  private write(stored: Stored, type: string): Result {
    const result = toResult(stored);
    return this.journal.transaction(() => {
      this.sql.put.run({ job: stored.job, clip: stored.clip, data: JSON.stringify(stored) });
      this.journal.append('result', type, result.job, result);
      return result;
    });
  }
}

function toStored({ data }: Row): Stored {
  return Stored.parse(JSON.parse(data));
}

function toResult({ seals: _, ...result }: Stored): Result {
  return result;
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
