/** Finds the entry of the catalogue of failures that explains the end of a log. */
import { stripVTControlCharacters } from 'node:util';
import type { Failure } from '../engine.js';
import { FAILURES } from './all.js';
import type { KnownFailure } from './known-failure.js';
import { type Exception, type Trouble, troubleOf } from './trouble.js';

/** Most characters of a quoted text inside a sentence. */
const LONGEST = 200;

/** Most characters of the last log lines inside a sentence. */
const LAST_LINES = 3;

/** Exceptions that only report another one. */
const TELLS_OF_ANOTHER = /^[\w.]*(?:ChildFailedError|ProcessRaisedException|ProcessExitedException|SystemExit)\b/;

/** Lines that say nothing about a cause: progress, rules, the table of torchrun, what continues a traceback. */
const SAYS_NOTHING =
  /\d%\||^[\s=*_~^-]*$|^\s*(?:time|host|rank|error_file|traceback|exitcode)\s*:|^\s*File "|^Traceback|<NO_OTHER_FAILURES>|^(?:Failures:|Root Cause|\[\d+\]:)|^\s+\S.*$|ChildFailedError|FAILED$/;
const LOOKS_LIKE_CAUSE =
  /error|exception|fail|fatal|cannot|could not|unable|denied|abort|refused|no such|not found|missing|panic|invalid|killed|timed out/i;

/**
 * @param trouble lines that may name the cause, oldest first.
 * @param exitCode null = not known.
 * @param log all of the log that is about the failure, in which the thing it happened to may be named.
 */
export function diagnose(trouble: string, exitCode: number | null, log = trouble): Failure | undefined {
  const read = troubleOf(trouble);
  const open = unexplained(read);
  const filter = open.length > 0 ? isStrong : isAny;
  const found = byLines(ofRoot(read), isStrong) ?? byLines(scopeOf(read, open), filter);
  const ended = byExitCode(exitCode, isStrong);
  const known = (found?.entry.isWeak ? (ended ?? found) : (found ?? ended)) ?? byExitCode(exitCode, filter);
  return known === undefined ? undefined : failureOf(known.entry, known.detail ?? thingOf(known, log));
}

/**
 * A failure that is not in the catalogue, in its own words. Another host or a later try might help, so its class is not
 * `user`; but it is never retried automatically, so that nothing is paid for twice.
 */
export function unknownFailure(trouble: string, exitCode: number | null): Failure {
  const read = troubleOf(trouble);
  const exception = firstOf(read, unexplained(read)) ?? firstOf(read, read.exceptions);
  const code = exitCode === null ? '' : ` with exit code ${exitCode} and`;
  const lines = lastWords(read.text);
  const said = lines.length === 0 ? '' : ` Its last lines: ${lines.map((line) => `"${line}"`).join(', ')}.`;
  return {
    code: 'unknown',
    class: 'host',
    isFinal: true,
    sentence:
      exception === undefined
        ? `The run ended${code} without a video.${said}`
        : `The program stopped: ${shortened(exception.text)}.`,
    remedy:
      'Cosmos Bridge does not know this failure, so it is not retried automatically: read the log, and retry the job when the cause is gone, or on another host.',
  };
}

/** An entry as a failure of a run. @param detail takes the place of "%"; empty = nothing is named. */
export function failureOf({ code, class: kind, isFinal, sentence, remedy }: KnownFailure, detail: string): Failure {
  const words = shortened(detail);
  const filled = (text: string) =>
    text.replace(/\{([^}]*)\}/g, words === '' ? '' : '$1').replace('%', () => (words === '' ? 'something' : words));
  const final = isFinal === undefined ? {} : { isFinal };
  return { code, class: kind, ...final, sentence: filled(sentence), remedy: filled(remedy) };
}

/**
 * The last lines that say something, oldest first, each shortened; those that sound like a cause, where there are any.
 * @param text lines that end with \n.
 */
export function lastWords(text: string): string[] {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => !SAYS_NOTHING.test(line));
  const causes = lines.filter((line) => LOOKS_LIKE_CAUSE.test(line));
  return (causes.length > 0 ? causes : lines).slice(-LAST_LINES).map(shortened);
}

interface Match {
  readonly entry: KnownFailure;
  readonly detail?: string | undefined;
  /** The line in which it was found. */
  readonly line?: string;
}

type Filter = (entry: KnownFailure) => boolean;
const isAny: Filter = () => true;
const isStrong: Filter = ({ isWeak }) => isWeak !== true;

function byLines(text: string, filter: Filter): Match | undefined {
  for (const entry of FAILURES.filter(filter)) {
    const match = entry.pattern?.exec(text);
    if (!match) continue;
    const end = match.index + match[0].length;
    const line = text.slice(text.lastIndexOf('\n', match.index) + 1, `${text}\n`.indexOf('\n', end));
    return { entry, detail: match.slice(1).find((group) => group !== undefined), line };
  }
  return undefined;
}

function byExitCode(exitCode: number | null, filter: Filter): Match | undefined {
  const entry = FAILURES.filter(filter).find(
    ({ exitCodes }) => exitCode !== null && exitCodes?.includes(exitCode) === true,
  );
  return entry === undefined ? undefined : { entry };
}

/** The lines of the rank that failed first, by torchrun's account; the others may only report its failure. */
function ofRoot(trouble: Trouble): string {
  return trouble.rootRank === undefined ? '' : trouble.of(trouble.rootRank);
}

/**
 * The lines that may hold the cause: not those of other ranks when the rank that failed first has an exception of its
 * own that no entry fits.
 */
function scopeOf(trouble: Trouble, open: readonly Exception[]): string {
  const { rootRank, text } = trouble;
  return rootRank !== undefined && open.some(({ rank }) => rank === rootRank) ? trouble.of(rootRank, undefined) : text;
}

/** Exceptions that no entry fits by their own line. */
function unexplained({ exceptions }: Trouble): readonly Exception[] {
  const isOpen = (text: string) =>
    !TELLS_OF_ANOTHER.test(text) && !FAILURES.some(({ pattern }) => pattern?.test(text) === true);
  const open = new Map(Array.from(new Set(exceptions.map(({ text }) => text)), (text) => [text, isOpen(text)]));
  return exceptions.filter(({ text }) => open.get(text) === true);
}

/**
 * The exception that ended the run: that of the rank that torchrun saw fail first, else of the rank that failed first,
 * else the last one. Of one rank the last counts: what comes before it was caught, or is part of its chain.
 */
function firstOf({ rootRank }: Trouble, exceptions: readonly Exception[]): Exception | undefined {
  const telling = exceptions.filter(({ text }) => !TELLS_OF_ANOTHER.test(text));
  const ranked = telling.filter(({ rank }) => rank !== undefined);
  const rank = ranked.some((one) => one.rank === rootRank) ? rootRank : ranked[0]?.rank;
  return telling.findLast((one) => one.rank === rank);
}

/** Named in the line itself, else the last that the log names before it, else anywhere. */
function thingOf({ entry: { thing }, line = '' }: Match, log: string): string {
  if (thing === undefined) return '';
  const at = log.indexOf(line);
  const before = at === -1 ? log : log.slice(0, at);
  for (const text of [line, before, log]) {
    const last = [...text.matchAll(new RegExp(thing, `${thing.flags}g`))].at(-1)?.[1];
    if (last !== undefined) return last;
  }
  return '';
}

function shortened(text: string): string {
  const plain = text.trim().replace(/[.\s]+$/, '');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}...` : plain;
}
