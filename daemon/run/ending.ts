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
  /** The engine's word. */
  readonly outcome: MemberOutcome;
  /** null = nobody was there to write it down. */
  readonly exitCode: number | null;
  /** The host saw its kernel end a process of the run for lack of memory. */
  readonly outOfMemory?: boolean;
  readonly log: Log;
}

interface Log {
  readonly bytes: number;
  /** Its end, as text. */
  readonly tail: string;
}

/** Bytes; the smallest blocks of common file systems. */
const BLOCK = 1024;

/** Without an error: a member that never began has not failed, and no attempt is counted. */
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
        // Without exit code and known cause it was not the program that ended the run: the host went away under it.
        if (exitCode === null) throw lost(job);
        if (isCutByFullDisk(log)) throw diskWasFull(job);
      }
      if (outcome.failure !== undefined) return endOrRetry(outcome.failure);
      return finalMove('failed', outcome.message); // nobody knows whether it would end otherwise: not tried again by itself
    case 'unreached':
      throw exitCode === null ? lost(job) : endedEarly(exitCode, log);
  }
}

/** @param failure whose doing it was, where that is known. */
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

/** @param outcome what the engine says now of a run whose output was there. */
export function outputGone({ id }: Pick<Job, 'id'>, outcome?: MemberOutcome): CosmosError {
  const isTold = outcome?.kind === 'failed' && outcome.failure?.isFinal === true && isExplained(outcome.failure);
  const message = isTold ? outcome.message : `The output of ${id} is no longer in its run folder; retry the job.`;
  return new CosmosError('output_invalid', message, {}, outcome && { class: 'host' });
}

/** @param bytes of log that it had said. */
export function talkedWithoutEnd(bytes: number): Move {
  const failure = failureOf(TALKS_WITHOUT_END, prettyBytes(bytes));
  return finalMove('failed', `${failure.sentence} ${failure.remedy}`, failure);
}

/** What a process that the kernel ended looks like from inside, and what the ranks beside it say. */
const AFTER_A_KILL: readonly string[] = ['killed', 'nccl', 'rendezvous', 'crashed'];

/** What the program itself said of its end goes first. */
function isUnclear(outcome: MemberOutcome): boolean {
  if (outcome.kind === 'unreached') return true;
  if (outcome.kind !== 'failed') return false;
  return !isExplained(outcome.failure) || AFTER_A_KILL.includes(outcome.failure.code);
}

/** Engines give an exception that they do not know the code "unknown" (workload/failures/diagnose.ts). */
function isExplained(failure: Failure | undefined): failure is Failure {
  return failure !== undefined && failure.code !== 'unknown';
}

/** It stops in mid-line at the edge of a block: there was no other one, and the reason has no place in the log. */
function isCutByFullDisk({ bytes, tail }: Log): boolean {
  return bytes > 0 && bytes % BLOCK === 0 && !tail.endsWith('\n');
}

/** @throws CosmosError run_failed where another slot or another hour may help. */
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
