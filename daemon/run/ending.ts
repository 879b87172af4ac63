/** What the end of a run means for one of its jobs. Pure. */
import prettyBytes from 'pretty-bytes';
import type { Job } from '../../schemas/index.js';
import { CosmosError, toJobError } from '../errors.js';
import type { Move } from '../job/life.js';
import type { Failure, MemberOutcome } from '../workload/engine.js';
import { failureOf, lastWords } from '../workload/failures/diagnose.js';
import { TALKS_WITHOUT_END } from '../workload/failures/outputs.js';

export interface Ending {
  readonly job: Pick<Job, 'id' | 'run'>;
  /** The engine's judgement. */
  readonly outcome: MemberOutcome;
  /** null = no exit code was written, for example because the machine went down. */
  readonly exitCode: number | null;
  /** true = the kernel of the host has ended a process of the run, because memory was full. */
  readonly outOfMemory?: boolean;
  readonly log: Log;
}

interface Log {
  readonly bytes: number;
  /** The end of the log, as text. */
  readonly tail: string;
}

/** Bytes of the smallest block of common file systems. */
const BLOCK = 1024;

/** Has no error, because a member that never began has not failed: no attempt is counted. */
export const LATER: Move = { event: 'requeued', patch: { reason: 'Its run ended before it came to it.' } };

/** @throws CosmosError run_lost, run_failed where another try may help. */
export function moveFor({ job, outcome, exitCode, outOfMemory, log }: Ending): Move {
  if (outOfMemory === true && isUnclear(outcome)) throw memoryWasFull(job);
  switch (outcome.kind) {
    case 'succeeded':
      return { event: 'finished', patch: { progress: 1, eta: 0 } };
    case 'refused':
      return finalMove('refused', outcome.message, { class: 'user' });
    case 'failed':
      if (!isExplained(outcome.failure)) {
        // Without an exit code and a known cause, it was the machine that ended the run and not the program.
        if (exitCode === null) throw lost(job);
        if (isCutByFullDisk(log)) throw diskWasFull(job);
      }
      if (outcome.failure !== undefined) return endOrRetry(outcome.failure);
      return finalMove('failed', outcome.message); // a second try might fail and cost the same, so a person decides
    case 'unreached':
      throw exitCode === null ? lost(job) : endedEarly(exitCode, log);
  }
}

/** @param failure the known cause; left out when the cause is not known. */
export function finalMove(
  event: 'failed' | 'refused',
  message: string,
  failure?: Pick<Failure, 'class'> & Partial<Pick<Failure, 'code'>>,
): Move {
  return { event, patch: { error: toJobError(runFailed(message, failure)), reason: message } };
}

function runFailed(message: string, failure: Parameters<typeof finalMove>[2]): CosmosError {
  const data: Record<string, string> = failure?.code === undefined ? {} : { failure: failure.code };
  return new CosmosError('run_failed', message, data, failure && { class: failure.class });
}

/** The output was there when the run ended, and is missing now. @param outcome what the engine says now. */
export function outputGone({ id }: Pick<Job, 'id'>, outcome?: MemberOutcome): CosmosError {
  const isExplainedNow =
    outcome?.kind === 'failed' && outcome.failure?.isFinal === true && isExplained(outcome.failure);
  const message = isExplainedNow
    ? outcome.message
    : `The output of ${id} is no longer in its run folder; retry the job.`;
  return new CosmosError('output_invalid', message, {}, outcome && { class: 'host' });
}

/** @param bytes length of the log so far. */
export function talkedWithoutEnd(bytes: number): Move {
  const failure = failureOf(TALKS_WITHOUT_END, prettyBytes(bytes));
  return finalMove('failed', `${failure.sentence} ${failure.remedy}`, failure);
}

/**
 * Failure codes that the log shows after the kernel has ended a process: of that process, and of the ranks beside it.
 */
const AFTER_A_KILL: readonly string[] = ['killed', 'nccl', 'rendezvous', 'crashed'];

/** Whether the program itself gave no clear reason; its own reason goes before that of the kernel. */
function isUnclear(outcome: MemberOutcome): boolean {
  if (outcome.kind === 'unreached') return true;
  if (outcome.kind !== 'failed') return false;
  return !isExplained(outcome.failure) || AFTER_A_KILL.includes(outcome.failure.code);
}

/** Engines give the code "unknown" to an exception that they do not know (workload/failures/diagnose.ts). */
function isExplained(failure: Failure | undefined): failure is Failure {
  return failure !== undefined && failure.code !== 'unknown';
}

/** The log ends inside a line and at the end of a block, as it does when the disk had no further block. */
function isCutByFullDisk({ bytes, tail }: Log): boolean {
  return bytes > 0 && bytes % BLOCK === 0 && !tail.endsWith('\n');
}

/** @throws CosmosError run_failed when another slot or a later try may help. */
function endOrRetry(failure: Failure): Move {
  const message = `${failure.sentence} ${failure.remedy}`;
  if (failure.class === 'user' || failure.isFinal === true) return finalMove('failed', message, failure);
  throw runFailed(message, failure);
}

function lost({ id, run }: Ending['job']): CosmosError {
  const message = `The run of ${id} vanished without saying how it ended (the machine was restarted, perhaps).`;
  return new CosmosError('run_lost', message, { run });
}

function memoryWasFull({ id, run }: Ending['job']): CosmosError {
  const message = `The host ran out of memory while it made ${id}, and its kernel ended the run. Free memory of the host, or cut the clip into shorter pieces: every frame of every input is decoded at once.`;
  return new CosmosError('run_failed', message, { run, failure: 'host_memory' });
}

function diskWasFull({ id, run }: Ending['job']): CosmosError {
  const message = `The log of ${id} stops in the middle of a line, as it does when the host's disk is full; see to room there.`;
  return new CosmosError('run_failed', message, { run, failure: 'disk_full' });
}

function endedEarly(exitCode: number, { tail }: Log): CosmosError {
  const lines = lastWords(tail.replace(/[\r\n]+/g, '\n'));
  const words = lines.length === 0 ? 'does not say why' : `ends ${lines.map((line) => `"${line}"`).join(', ')}`;
  const said = tail === '' ? 'its log is empty' : `its log ${words}`;
  return new CosmosError('run_failed', `The run ended with exit code ${exitCode} before it began with it; ${said}.`);
}
