/** What the queue is told of a job by those who make and edit it. */
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
  /** Id of a job: only those that were submitted before it. */
  readonly before?: string;
  /** The newest so many. */
  readonly limit?: number;
}
