/** Who may share a run: one model load serves jobs of one group on one host. Pure. */
import type { Job } from '../../schemas/index.js';

/** A queued job with the key that its engine gave it. */
export interface Candidate {
  readonly job: Job;
  /** Equal keys: one model load serves both without changing the picture (Engine.batchKey). */
  readonly batchKey: string;
}

/** Members of one run at most, for now; tables and states allow more. */
export const MEMBER_LIMIT = 1;

/** `first` and those after it that may run with it, in running order, at most `limit`. */
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
