/** The actions that a job allows now, as a context value for menus: "job.running.cancelable.logged". */
import type { Job, JobState } from '../../../../schemas/received.js';
import { entryOf, type UnknownName } from '../../../../schemas/unknown-name.js';

/** The same rules as in the daemon (daemon/job/life.ts, daemon/server/bulk.ts), which decides. */
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
} as const satisfies Record<Exclude<JobState, UnknownName>, readonly string[]>;

export type Ability = (typeof ABILITIES)[keyof typeof ABILITIES][number];

/** In a state from a newer version: what can only stop it, or put its row away. Nothing that starts, edits or costs. */
function abilitiesOf({ state, endedAt }: Job): readonly Ability[] {
  return entryOf<readonly Ability[]>(ABILITIES, state) ?? (endedAt === null ? ['cancelable'] : ['dismissable']);
}

export function can(job: Job, ability: Ability): boolean {
  return abilitiesOf(job).includes(ability);
}

export interface JobFacts {
  readonly hasResult: boolean;
  readonly isDismissed: boolean;
}

export function jobContext(job: Job, { hasResult, isDismissed }: JobFacts): string {
  const abilities = abilitiesOf(job).filter((ability) => ability !== 'dismissable' || !isDismissed);
  const parts = ['job', Object.hasOwn(ABILITIES, job.state) ? job.state : 'other', ...abilities];
  if (job.attempt > 0) parts.push('logged');
  if (job.attempt > 1) parts.push('retried');
  if (hasResult) parts.push('result');
  if (job.clip !== null) parts.push('clip');
  return parts.join('.');
}
