/**
 * Decides on a retry: whether a job whose step threw is tried again, when, or fails. Pure.
 *
 * - A job without a slot (preparing, collecting) tries the same step again.
 * - A job with a slot gives the slot back and queues again after a pause, so that another slot or another hour can
 *   help.
 * - A run that is alive is never ended because the daemon has a problem of its own, such as a full disk: following it
 *   is tried again until that works.
 * - Waiting for something that the job cannot change (a host that is away, a GPU in use, a full disk of this computer)
 *   is no failure of the job and uses up none of its retries.
 */
import type { ErrorCode, Job, JobError } from '../../schemas/index.js';
import { type BackOff, isSpent, pauseAfter } from '../back-off.js';
import { failure, type JobPatch, type Move } from '../job/life.js';

export type AfterFailure =
  /** Do the same step once more after so many milliseconds. */
  | { readonly kind: 'again'; readonly afterMs: number }
  /** Move the job. `release` = first verify that nothing of the job is left on its host. */
  | { readonly kind: 'move'; readonly move: Move; readonly release: boolean };

export interface RetryRule {
  readonly retries: number;
  /** Seconds before the first retry; doubles each time. */
  readonly backoff: number;
}

/** Longest pause, in milliseconds, between two tries of a step that is tried until it works. */
const LONGEST_WAIT_MS = 60_000;

/** Errors that say that the run is over; others only say that it could not be reached. */
const RUN_OVER: readonly (ErrorCode | string)[] = ['run_lost', 'run_failed'];

/** The host cannot be reached or refuses the login. That is a fact about the host: its jobs stay where they are. */
const HOST_AWAY: readonly (ErrorCode | string)[] = [
  ...['host_name_unknown', 'host_refused', 'host_timeout', 'host_unreachable', 'host_connection_lost'],
  ...['host_handshake_failed', 'host_key_unknown', 'host_key_changed', 'host_key_revoked', 'host_auth_failed'],
  ...['host_asks', 'identity_locked', 'host_shell_failed', 'host_channel_limit', 'docker_unreachable'],
];

/** Another user of the host has or blocks what the job needs: the job gives its slot back and queues again. */
const IN_USE: readonly (ErrorCode | string)[] = ['gpu_busy', 'leases_blocked'];

/**
 * Final in every class: the run cost money and sent more than is accepted; a second run would cost and send the same.
 */
const FINAL: readonly (ErrorCode | string)[] = ['too_much_from_host'];

/** The job stays where it is until a person or the host has solved the problem. */
function isStuck(code: ErrorCode | string): boolean {
  return HOST_AWAY.includes(code) || code === 'no_space_here';
}

/** A full host cannot store the mark that forbids the run to start, so the job cannot leave that host either. */
function isStartWithoutRoom(state: Job['state'], code: ErrorCode | string): boolean {
  return state === 'staged' && code === 'disk_full';
}

/** Whether the job can only wait: the step is then tried without limit. */
export function isWait({ state }: Pick<Job, 'state'>, { code, class: kind }: JobError): boolean {
  if (isStuck(code) || IN_USE.includes(code) || state === 'stopping' || isStartWithoutRoom(state, code)) return true;
  return state === 'running' && !isFinal({ code, class: kind }) && !RUN_OVER.includes(code);
}

/** Another try would end in the same way, or would cost money twice. */
function isFinal({ code, class: kind }: Pick<JobError, 'code' | 'class'>): boolean {
  return kind === 'user' || FINAL.includes(code);
}

/**
 * @param tries failures so far, this one included; waits and other failures are counted apart.
 * @param now milliseconds since 1970.
 */
export function judgeFailure(job: Job, error: JobError, tries: number, rule: RetryRule, now: number): AfterFailure {
  const backOff: BackOff = { firstMs: rule.backoff * 1000, most: rule.retries + 1 };
  const waitMs = pauseAfter(tries, backOff);
  const cappedMs = pauseAfter(tries, { ...backOff, longestMs: LONGEST_WAIT_MS });
  const lasting = isFinal(error) || isSpent(tries, backOff);
  const fail: AfterFailure = { kind: 'move', move: failure(error), release: job.state !== 'preparing' };
  if (isStuck(error.code) || isStartWithoutRoom(job.state, error.code)) return { kind: 'again', afterMs: cappedMs };
  switch (job.state) {
    case 'preparing':
    case 'collecting':
      return lasting ? fail : { kind: 'again', afterMs: waitMs };
    case 'staging':
    case 'staged':
      if (IN_USE.includes(error.code)) return requeueUncounted(error, now + cappedMs);
      return lasting ? fail : requeue(error, now + waitMs);
    case 'running':
      if (isFinal(error)) return fail;
      if (!RUN_OVER.includes(error.code)) return { kind: 'again', afterMs: cappedMs };
      return lasting ? fail : requeue(error, now + waitMs);
    case 'stopping': // a stop is never given up: until it is verified, the run may still use the slot
      return { kind: 'again', afterMs: cappedMs };
    case 'held':
    case 'queued':
    case 'succeeded':
    case 'failed':
    case 'refused':
    case 'cancelled':
      return fail; // no step acts on these
  }
}

function requeue(error: JobError, at: number): AfterFailure {
  return queueAgain({ error, reason: error.message, notBefore: new Date(at).toISOString() });
}

/** Without an error: the GPU was in use, so neither the job nor its group has failed. */
function requeueUncounted({ message }: JobError, at: number): AfterFailure {
  return queueAgain({ reason: message, notBefore: new Date(at).toISOString() });
}

function queueAgain(patch: JobPatch): AfterFailure {
  return { kind: 'move', move: { event: 'requeued', patch }, release: true };
}
