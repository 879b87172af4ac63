/**
 * Running order of waiting jobs: higher priority first, then lower position. A new job gets the last position, and a
 * moved job one between its neighbours, so two waiting jobs never have the same position.
 */
import type { Job, JobState } from '../../schemas/index.js';
import type { Database } from './db.js';
import { inStates } from './job-sql.js';

/** States in which the position of a job has a meaning. */
export const WAITING_STATES = ['preparing', 'held', 'queued'] as const satisfies JobState[];

export interface QueuePosition {
  readonly priority: number;
  readonly position: number;
}

export class Order {
  private readonly sql;

  constructor(db: Database) {
    this.sql = prepare(db);
  }

  /** The position after all jobs: the number of the next row, which is greater than any position of a moved job. */
  last(): number {
    return (this.sql.newest.get()?.seq ?? 0) + 1;
  }

  /** The position before every waiting job of any priority. */
  front(job: Job): QueuePosition {
    const highest = this.sql.highest.get(job.id)?.priority ?? job.priority;
    return { priority: Math.max(job.priority, highest), position: (this.sql.first.get()?.position ?? 0) - 1 };
  }

  /** The position just before `other`; undefined = no number is left between `other` and the job before it. */
  before(other: Job): QueuePosition | undefined {
    const previous = this.sql.previous.get(other.position)?.position ?? other.position - 2;
    const position = (previous + other.position) / 2;
    if (position <= previous || position >= other.position) return undefined;
    return { priority: other.priority, position };
  }

  /**
   * Gives the waiting jobs before `other` positions in whole steps, so that there is room again.
   * @returns their ids.
   */
  makeRoom(other: Job): string[] {
    const ids = this.sql.ahead.all(other.position).map(({ id }) => id);
    for (const [index, id] of ids.entries()) this.sql.setPosition.run(other.position - ids.length + index, id);
    return ids;
  }

  set(id: string, { priority, position }: QueuePosition): void {
    this.sql.set.run(priority, position, id);
  }
}

const WAITING = inStates(WAITING_STATES);

function prepare(db: Database) {
  return {
    newest: db.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM jobs'),
    first: db.prepare<[], { position: number | null }>(`SELECT min(position) AS position FROM jobs WHERE ${WAITING}`),
    highest: db.prepare<[string], { priority: number | null }>(
      `SELECT max(priority) AS priority FROM jobs WHERE ${WAITING} AND id <> ?`,
    ),
    previous: db.prepare<[number], { position: number | null }>(
      `SELECT max(position) AS position FROM jobs WHERE ${WAITING} AND position < ?`,
    ),
    ahead: db.prepare<[number], { id: string }>(
      `SELECT id FROM jobs WHERE ${WAITING} AND position < ? ORDER BY position, seq`,
    ),
    setPosition: db.prepare<[number, string]>('UPDATE jobs SET position = ? WHERE id = ?'),
    set: db.prepare<[number, number, string]>('UPDATE jobs SET priority = ?, position = ? WHERE id = ?'),
  };
}
