/** Which jobs may share a run: one model load serves jobs of one group on one host. Pure. */
import type { Job } from '../../schemas/index.js';

/** A queued job with the batch key from its engine. */
export interface Candidate {
  readonly job: Job;
  /** Jobs with equal keys can share one model load without a change in their pictures (Engine.batchKey). */
  readonly batchKey: string;
}

/** Most members of one run. More need a run that starts only after all its members are staged. */
export const MEMBER_LIMIT = 1;

/** `first` and the candidates after it that may share its run, in running order; at most `limit`. */
export function shareRun(first: Candidate, others: readonly Candidate[], limit = MEMBER_LIMIT): Candidate[] {
  return [first, ...others.filter((other) => mayShare(first, other))].slice(0, limit);
}

function mayShare(a: Candidate, b: Candidate): boolean {
  return (
    a.job.id !== b.job.id &&
    a.batchKey === b.batchKey &&
    a.job.engine === b.job.engine &&
    a.job.settings.host === b.job.settings.host
  );
}
