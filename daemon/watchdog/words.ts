/** Sentences about a loop that is blocked. */
import type { JobWork } from '../../schemas/index.js';

/** "preparing job-1 and collecting job-2"; "no step of a job". */
export function workInWords(work: readonly JobWork[]): string {
  const names = work.map(({ job, step }) => `${step} ${job}`);
  const last = names.pop();
  if (last === undefined) return 'no step of a job';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
