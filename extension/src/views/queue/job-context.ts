/** The actions that a job allows now, as a context value for menus: "job.running.cancelable.logged". */
import type { Job, JobState } from '../../../../schemas/index.js';

/** The same rules as in the daemon (daemon/job/life.ts, daemon/rpc/bulk.ts), which decides. */
const ABILITIES = {
  preparing: ['cancelable', 'movable'],
  held: ['releasable', 'cancelable', 'movable', 'editable'],
  queued: ['cancelable', 'movable', 'editable'],
  staging: ['cancelable'],
  staged: ['cancelable'],
  running: ['cancelable'],
  collecting: ['cancelable'],
  stopping: [],
  succeeded: [],
  failed: ['retryable', 'dismissable'],
  refused: ['retryable', 'dismissable'],
  cancelled: ['retryable'],
} as const satisfies Record<JobState, readonly string[]>;

export type Ability = (typeof ABILITIES)[JobState][number];

export function can(job: Job, ability: Ability): boolean {
  const abilities: readonly Ability[] = ABILITIES[job.state];
  return abilities.includes(ability);
}

export interface JobFacts {
  readonly hasResult: boolean;
  readonly isDismissed: boolean;
}

export function jobContext(job: Job, { hasResult, isDismissed }: JobFacts): string {
  const abilities = ABILITIES[job.state].filter((ability) => ability !== 'dismissable' || !isDismissed);
  const parts = ['job', job.state, ...abilities];
  if (job.attempt > 0) parts.push('logged');
  if (job.attempt > 1) parts.push('retried');
  if (hasResult) parts.push('result');
  if (job.clip !== null) parts.push('clip');
  return parts.join('.');
}
