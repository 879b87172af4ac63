/**
 * One job's life. `life` below is the only place that says which state follows which; the diagram shows it.
 *
 *   preparing ──prepared──▶ queued ──claimed──▶ staging ──staged──▶ staged ──started──▶ running
 *      │  │                  ▲ ▲                  │                   │                   │ finished
 *      │  └─held─▶ held ─────┘ └──── requeued ────┴───────────────────┴───────────────────┤
 *      │            released                                                              ▼
 *      │                                                      succeeded ◀─collected─ collecting
 *      ▼
 *   any live state ──stop──▶ stopping ──stopped──▶ cancelled          (stall: stopping ──failed──▶ failed)
 *   waiting states (held, queued) ──cancelled──▶ cancelled;   ──edited──▶ preparing
 *   preparing, staging, staged, running, collecting ──failed──▶ failed;   running, collecting ──refused──▶ refused
 *   failed, refused, cancelled ──retried──▶ preparing                  (a new attempt)
 *   live states but staging ──held──▶ held   (the daemon died in the step; of staging: requeued, then held)
 *   stopping ──requeued──▶ queued   (another member stopped the run);   back from held: held ──repeated──▶ preparing,
 *   ──rejoined──▶ staged (its host is asked what it has);   held with a run ──stop──▶ stopping
 *
 * Only `preparing` and `staging` may be redone blindly. From `staged` on a lost answer is resolved by asking the
 * host what it has, never by starting again; so every step may run twice, and recovery is the same loop.
 */
import type { Job, JobError, JobState } from '../../schemas/index.js';

export const life = {
  preparing: { prepared: 'queued', held: 'held', failed: 'failed', stop: 'stopping' },
  held: {
    ...{ released: 'queued', repeated: 'preparing', rejoined: 'staged' },
    ...{ cancelled: 'cancelled', edited: 'preparing', stop: 'stopping' },
  },
  queued: { claimed: 'staging', held: 'held', cancelled: 'cancelled', edited: 'preparing' },
  staging: { staged: 'staged', requeued: 'queued', failed: 'failed', stop: 'stopping' },
  staged: { started: 'running', requeued: 'queued', failed: 'failed', held: 'held', stop: 'stopping' },
  running: {
    ...{ finished: 'collecting', requeued: 'queued', failed: 'failed', refused: 'refused' },
    ...{ held: 'held', stop: 'stopping' },
  },
  collecting: {
    ...{ collected: 'succeeded', requeued: 'queued', failed: 'failed', refused: 'refused' },
    ...{ held: 'held', stop: 'stopping' },
  },
  stopping: { stopped: 'cancelled', requeued: 'queued', failed: 'failed', held: 'held' },
  succeeded: {},
  failed: { retried: 'preparing' },
  refused: { retried: 'preparing' },
  cancelled: { retried: 'preparing' },
} as const satisfies Record<JobState, Partial<Record<string, JobState>>>;

type Life = typeof life;
type KeysOfUnion<T> = T extends unknown ? keyof T : never;
/** Everything that can happen to a job. */
export type JobEvent = KeysOfUnion<Life[JobState]>;

/** The state after `event`, or undefined when that cannot happen in `state`. */
export function next(state: JobState, event: JobEvent): JobState | undefined {
  return (life[state] as Partial<Record<JobEvent, JobState>>)[event];
}

/** States without a step: the job waits for a person or a slot, or has ended. */
export const RESTING = ['held', 'queued', 'succeeded', 'failed', 'refused', 'cancelled'] as const satisfies JobState[];
export const ENDED = ['succeeded', 'failed', 'refused', 'cancelled'] as const satisfies JobState[];

export function isEnded(state: string): boolean {
  return (ENDED as readonly string[]).includes(state);
}

/** Of a job as a client is told of it: in a state that only a newer daemon knows, it still says when it ended. */
export function hasEnded({ state, endedAt }: { readonly state: string; readonly endedAt: string | null }): boolean {
  return endedAt !== null || isEnded(state);
}

/** Facts that a move may record on the job beside its new state. */
export type JobPatch = Partial<
  Pick<
    Job,
    | 'reason'
    | 'run'
    | 'host'
    | 'attempt'
    | 'progress'
    | 'eta'
    | 'output'
    | 'error'
    | 'stopReason'
    | 'notBefore'
    | 'settings'
  >
>;

/** The answer of a step: the event, and the facts to record with it. */
export interface Move {
  readonly event: JobEvent;
  readonly patch?: JobPatch;
}

/** The steps of the states; run/ implements them. */
export interface Steps {
  prepare(job: Job): Promise<Move>;
  stage(job: Job): Promise<Move>;
  start(job: Job): Promise<Move>;
  attach(job: Job): Promise<Move>;
  collect(job: Job): Promise<Move>;
  stop(job: Job): Promise<Move>;
}

/** Does the step of the job's state; undefined = the state has no step. */
export function step(job: Job, steps: Steps): Promise<Move> | undefined {
  switch (job.state) {
    case 'preparing':
      return steps.prepare(job);
    case 'staging':
      return steps.stage(job);
    case 'staged':
      return steps.start(job); // it asks the host first, because the run may exist already
    case 'running':
      return steps.attach(job);
    case 'collecting':
      return steps.collect(job);
    case 'stopping':
      return steps.stop(job);
    case 'held':
    case 'queued':
    case 'succeeded':
    case 'failed':
    case 'refused':
    case 'cancelled':
      return undefined;
  }
}

/** The move that ends a job whose step threw and is not tried again. */
export function failure(error: JobError): Move {
  return { event: 'failed', patch: { error, reason: error.message, eta: null } };
}
