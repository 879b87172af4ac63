/** A job as the database holds it: the same fields, some of them as JSON text. */
import { Job } from '../../schemas/index.js';

export const JOB_COLUMNS = Object.keys(Job.shape).join(', ');

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

export function toRow(job: Job): JobRow {
  return {
    ...job,
    source: JSON.stringify(job.source),
    settings: JSON.stringify(job.settings),
    error: errorText(job),
    tags: JSON.stringify(job.tags),
    edited: job.edited ? 1 : 0,
  };
}

export function errorText(job: Job): string | null {
  return job.error === null ? null : JSON.stringify(job.error);
}
