/** A job as a row of the database: the same fields, some of them as JSON text. */
import { Job } from '../../schemas/index.js';

/** Values are bound by position: with eighteen names the update takes better-sqlite3 four times as long. */
const JOB_FIELDS = Object.keys(Job.shape) as (keyof Job)[];
export const JOB_COLUMNS = JOB_FIELDS.join(', ');

/** What a move may change. */
const MOVED_FIELDS = [
  ...['state', 'fence', 'reason', 'host', 'run', 'attempt', 'progress', 'eta', 'output', 'error'],
  ...['stopReason', 'notBefore', 'updatedAt', 'startedAt', 'endedAt'],
] as const satisfies (keyof Job)[];
export const MOVED_COLUMNS: readonly string[] = MOVED_FIELDS;

export interface JobRow extends Omit<Job, 'source' | 'settings' | 'error' | 'tags' | 'edited'> {
  readonly source: string;
  readonly settings: string;
  readonly error: string | null;
  readonly tags: string;
  readonly edited: 0 | 1;
}

export function toJob(row: JobRow): Job {
  return Job.parse({
    ...row,
    source: JSON.parse(row.source),
    settings: JSON.parse(row.settings),
    error: row.error === null ? null : JSON.parse(row.error),
    tags: JSON.parse(row.tags),
    edited: row.edited === 1,
  });
}

/** In the order of {@link JOB_COLUMNS}. */
export function jobValues(job: Job): unknown[] {
  return JOB_FIELDS.map((field) => toValue(job[field]));
}

/** In the order of {@link MOVED_COLUMNS}. */
export function movedValues(job: Job): unknown[] {
  return MOVED_FIELDS.map((field) => toValue(job[field]));
}

function toValue(value: Job[keyof Job]): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
