/**
 * What a step that threw means for its job. Pure.
 *
 * Waiting work (preparing, collecting) is tried again in place; a job that holds a slot gives it back and queues again
 * with a back-off, so that another slot or another hour can try. A run that goes on is never ended because the daemon
 * has a trouble of its own, such as a full disk: it is followed again until that works. Waiting for what others decide
 * (a host that is away, a GPU that somebody uses, a full disk of this computer) is no failure of the job and takes no try
 * from it.
 */
import type { ErrorCode, Job, JobError } from '../../schemas/index.js';
import { failure, type JobPatch, type Move } from '../job/life.js';

export type Verdict =
  /** The same step once more after so many milliseconds. */
  | { readonly kind: 'again'; readonly afterMs: number }
  /** `release` = first make sure that nothing of the job is left on its host. */
  | { readonly kind: 'move'; readonly move: Move; readonly release: boolean };

export interface RetryRule {
  readonly retries: number;
  /** Seconds before the first retry; doubles each time. */
  readonly backoff: number;
}

/** Milliseconds between two tries of what has to be tried until it works. */
const LONGEST_WAIT_MS = 60_000;

/** Errors that say that a run is over, not that it could not be reached. */
const RUN_OVER: readonly (ErrorCode | string)[] = ['run_lost', 'run_failed'];

/** The host cannot be reached or will not let us in: a fact about the host. Its jobs stay where they are. */
const HOST_AWAY: readonly (ErrorCode | string)[] = [
  ...['host_name_unknown', 'host_refused', 'host_timeout', 'host_unreachable', 'host_connection_lost'],
  ...['host_handshake_failed', 'host_key_unknown', 'host_key_changed', 'host_key_revoked', 'host_auth_failed'],
  ...['host_asks', 'identity_locked', 'host_shell_failed', 'host_channel_limit', 'docker_unreachable'],
];

/** Others on the host use what the job needs, or are in its way: it gives its slot back and comes again. */
const IN_USE: readonly (ErrorCode | string)[] = ['gpu_busy', 'leases_blocked'];

/** Whatever the class: a run that was paid for sent what nobody takes, and would be paid for again. */
const FINAL: readonly (ErrorCode | string)[] = ['too_much_from_host'];

/** The job can stay where it is until somebody has done something about it. */
function isStuck(code: ErrorCode | string): boolean {
  return HOST_AWAY.includes(code) || code === 'no_space_here';
}

/** A full host does not take the note that the run may not start any more, so the job cannot leave it either. */
function isStartWithoutRoom(state: Job['state'], code: ErrorCode | string): boolean {
  return state === 'staged' && code === 'disk_full';
}

/** Whether the job can do nothing but wait: it will be tried as often as it takes. */
export function isWait({ state }: Pick<Job, 'state'>, { code, class: kind }: JobError): boolean {
  if (isStuck(code) || IN_USE.includes(code) || state === 'stopping' || isStartWithoutRoom(state, code)) return true;
  return state === 'running' && !isFinal({ code, class: kind }) && !RUN_OVER.includes(code);
}

/** Another try would end alike, or would be paid for twice. */
function isFinal({ code, class: kind }: Pick<JobError, 'code' | 'class'>): boolean {
  return kind === 'user' || FINAL.includes(code);
}

/** `tries` = failures of its kind (waits or others) so far, this one included; `now` = milliseconds since 1970. */
export function judgeFailure(job: Job, error: JobError, tries: number, rule: RetryRule, now: number): Verdict {
  const waitMs = rule.backoff * 1000 * 2 ** (tries - 1);
  const lasting = isFinal(error) || tries > rule.retries;
  const fail: Verdict = { kind: 'move', move: failure(error), release: job.state !== 'preparing' };
  if (isStuck(error.code) || isStartWithoutRoom(job.state, error.code))
    return { kind: 'again', afterMs: Math.min(waitMs, LONGEST_WAIT_MS) };
  switch (job.state) {
    case 'preparing':
    case 'collecting':
      return lasting ? fail : { kind: 'again', afterMs: waitMs };
    case 'staging':
    case 'staged':
      if (IN_USE.includes(error.code)) return later(error, now + Math.min(waitMs, LONGEST_WAIT_MS));
      return lasting ? fail : requeue(error, now + waitMs);
    case 'running':
      if (isFinal(error)) return fail;
      if (!RUN_OVER.includes(error.code)) return { kind: 'again', afterMs: Math.min(waitMs, LONGEST_WAIT_MS) };
      return lasting ? fail : requeue(error, now + waitMs);
    case 'stopping': // a stop is never given up: until it is verified the slot may still be in use
      return { kind: 'again', afterMs: Math.min(waitMs, LONGEST_WAIT_MS) };
    case 'held':
    case 'queued':
    case 'succeeded':
    case 'failed':
    case 'refused':
    case 'cancelled':
      return fail; // no step acts on these
  }
}

function requeue(error: JobError, at: number): Verdict {
  return queueAgain({ error, reason: error.message, notBefore: new Date(at).toISOString() });
}

/** Without an error: it was not its turn, so the attempt is no failure, neither of the job nor of its group. */
function later({ message }: JobError, at: number): Verdict {
  return queueAgain({ reason: message, notBefore: new Date(at).toISOString() });
}

function queueAgain(patch: JobPatch): Verdict {
  return { kind: 'move', move: { event: 'requeued', patch }, release: true };
}
