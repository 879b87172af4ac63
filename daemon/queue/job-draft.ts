/** What a caller passes to the queue to make, edit or list jobs. */
import type { FrozenFile, Job, JobState } from '../../schemas/index.js';

/** What a submit decides about a job; the queue adds the rest. */
export interface JobDraft
  extends Pick<
    Job,
    'clip' | 'name' | 'source' | 'settings' | 'engine' | 'host' | 'priority' | 'project' | 'tags' | 'sweep'
  > {
  /** Every file that the job depends on, as it is at the submit. */
  readonly files: readonly FrozenFile[];
}

/** Facts beside the settings that an edit may change. */
export type JobFacts = Partial<Pick<Job, 'priority' | 'project' | 'tags'>>;

/** Which jobs to list. */
export interface JobFilter {
  readonly states?: readonly JobState[];
  readonly clip?: string;
  /** Id of a job: only jobs that were submitted before it. */
  readonly before?: string;
  /** At most so many, the newest ones. */
  readonly limit?: number;
}
