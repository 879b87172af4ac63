/** Finds the bytes of a run log that belong to a job attempt or to a run. All offsets are bytes of the run log. */
import prettyBytes from 'pretty-bytes';
import type { Attempt } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { jobNotFound } from './lookup.js';
import type { LogService, Services } from './services.js';
import { completeLength, leadingContinuations, MAX_CHARACTER } from './utf8.js';

/** The present state of a log: it begins at `from` and has bytes up to `to`; once `ended`, nothing is added. */
export interface LogRange {
  readonly from: number;
  readonly to: number;
  readonly ended: boolean;
}

export interface LogTarget {
  readonly run: string;
  range(): LogRange;
}

export interface LogPiece {
  readonly run: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Bytes from `from` to `to` that were left out of a long log; the text says so in their place. */
  readonly leftOut?: number;
}

/**
 * The log of a run, of a job's attempt, or of its last attempt.
 * Throws not_found for an unknown id or attempt, wrong_state for a job that never ran.
 */
export function logTarget({ queue, runs, logs }: Services, id: string, number?: number): LogTarget {
  if (runs.get(id) !== undefined) return { run: id, range: () => runRange(logs, id) };
  const job = queue.get(id);
  if (job === undefined) throw jobNotFound(queue, id);
  const find = () => runs.attempts(id).findLast((attempt) => number === undefined || attempt.number === number);
  const attempt = find();
  if (attempt !== undefined) {
    const fixed = attempt.number;
    const now = () => runs.attempts(id).find((other) => other.number === fixed);
    return { run: attempt.run, range: () => attemptRange(logs, attempt.run, now()) };
  }
  if (number !== undefined) throw new CosmosError('not_found', `${job.name} has no attempt ${number}.`);
  throw new CosmosError('wrong_state', `${job.name} has no log yet: it is ${job.state} and has not run.`);
}

function runRange(logs: LogService, run: string): LogRange {
  return { from: 0, to: logs.size(run), ended: logs.isEnded(run) };
}

/** Until the engine reports where a member begins, its log is that of the whole run. */
function attemptRange(logs: LogService, run: string, attempt: Attempt | undefined): LogRange {
  const whole = runRange(logs, run);
  const from = Math.min(attempt?.logFrom ?? 0, whole.to);
  const end = attempt?.logTo ?? null;
  if (end === null) return { ...whole, from };
  return { from, to: Math.min(end, whole.to), ended: whole.ended || whole.to >= end };
}

/** At most `bytes` from `from` on, cut between characters; empty when only part of a character is there yet. */
export async function readPiece(logs: LogService, target: LogTarget, from: number, bytes: number): Promise<LogPiece> {
  const { to, ended } = target.range();
  const kept = Math.min(logs.keptFrom(target.run, from), to);
  if (kept > from) return { run: target.run, from, to: kept, text: gapWords(kept - from), leftOut: kept - from };
  // A piece that cannot hold one character would stay empty for ever.
  const wanted = Math.min(Math.max(bytes, MAX_CHARACTER), to - from);
  const read = wanted <= 0 ? Buffer.alloc(0) : await logs.read(target.run, from, wanted);
  // No more of a character comes at the end, nor where what follows was left out.
  const after = from + read.length;
  const isLast = (ended && after >= to) || logs.keptFrom(target.run, after) > after;
  const complete = isLast ? read.length : completeLength(read);
  return { run: target.run, from, to: from + complete, text: read.toString('utf8', 0, complete) };
}

/** On a line of its own, because the part that was left out may begin and end inside a line. */
function gapWords(bytes: number): string {
  return `\n[... ${prettyBytes(bytes)} of this log were left out here ...]\n`;
}

/**
 * The first start of a character at or after byte `at`, for offsets that were computed and may lie inside a character.
 */
export async function characterStart(logs: LogService, run: string, at: number): Promise<number> {
  return at + leadingContinuations(await logs.read(run, at, MAX_CHARACTER));
}
