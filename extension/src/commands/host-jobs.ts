/** Finds the jobs that a host holds now. */
import type { Job } from '../../../schemas/received.js';
import { groupOf } from '../views/queue/groups.js';

/** Jobs that are on the host now. */
export function jobsOn(host: string, jobs: Iterable<Job>): Job[] {
  return [...jobs].filter((job) => job.host === host && groupOf(job, () => false) === 'running');
}
