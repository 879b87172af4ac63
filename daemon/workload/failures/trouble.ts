/**
 * Finds the lines at the end of a log that may name a cause: without the marks of ranks, without lines that good runs
 * print too, and with the exceptions among them.
 */
import { FIRST_OF_BLOCK, HARMLESS } from './harmless.js';

export interface Exception {
  /** Of the process that printed it, as torchrun counts; undefined = it does not say. */
  readonly rank: number | undefined;
  /** "KeyError: 'x'", one line. */
  readonly text: string;
}

interface Line {
  readonly rank: number | undefined;
  readonly text: string;
}

export interface Trouble {
  /** The telling lines, joined by \n. */
  readonly text: string;
  readonly exceptions: readonly Exception[];
  /** The rank that torchrun saw fail first, where it says so. */
  readonly rootRank: number | undefined;
  /** The telling lines of these, joined by \n; undefined = those that do not say of which rank they are. */
  of(...ranks: readonly (number | undefined)[]): string;
}

/** A longer line is shown and searched by its ends alone. */
const LINE_ENDS = { head: 3000, tail: 1000 } as const;

/**
 * A longer text is searched by its ends alone, in characters: from the first line that looks like a cause, because
 * other ranks may fill megabytes with their complaints after it, and the last lines.
 */
const TEXT_ENDS = { head: 192 * 1024, tail: 64 * 1024 } as const;

/** "[rank3]: " of PyTorch, "[default3]:" of torchrun, a time of day in front of either. */
const MARKS =
  /^(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.,]*(?:Z|[+-]\d\d:?\d\d)?\s+)?(?:\[(?:rank|default)(\d+)\]:[ \t]?)?/;
/** A rank may begin to speak on the line of a bar. */
const INSIDE = /(?<=.)(?=\[rank\d+\]: )/;
const TRACEBACK = /^\s*Traceback \(most recent call last\):\s*$/;
/** A traceback of Python, or the message of C++ about an uncaught exception. */
const EXCEPTION =
  /^((?:\w+\.)*\w*(?:Error|Exception|Interrupt|Exit)(?::\s.*)?|(?:[A-Za-z_]\w*\.)+(?:[A-Z]\w*|error):\s.*)$|^\s+what\(\):\s+(.*)$/;
const LOOKS_LIKE_CAUSE = /Traceback \(most recent|Error\b|error:|Killed|fail|No space|denied|CRITICAL/;
const ROOT_CAUSE = /Root Cause \(first observed failure\):[^\n]*\n(?:[^\n]*\n){1,6}?\s*rank\s*: (\d+)/;

/** @param text lines of a log, oldest first, without bars and control characters. */
export function troubleOf(text: string): Trouble {
  const { lines, exceptions } = read(bounded(text));
  const all = lines.map((line) => line.text).join('\n');
  const root = ROOT_CAUSE.exec(all)?.[1];
  return {
    text: all,
    exceptions,
    rootRank: root === undefined ? undefined : Number(root),
    of: (...ranks) => lines.flatMap((line) => (ranks.includes(line.rank) ? [line.text] : [])).join('\n'),
  };
}

function bounded(text: string): string {
  if (text.length <= TEXT_ENDS.head + TEXT_ENDS.tail) return text;
  const cause = LOOKS_LIKE_CAUSE.exec(text)?.index ?? 0;
  const from = text.lastIndexOf('\n', cause) + 1;
  const rest = text.slice(from);
  if (rest.length <= TEXT_ENDS.head + TEXT_ENDS.tail) return rest;
  return `${rest.slice(0, TEXT_ENDS.head)}\n${rest.slice(-TEXT_ENDS.tail)}`;
}

function read(text: string): { lines: Line[]; exceptions: Exception[] } {
  const lines: Line[] = [];
  const exceptions: Exception[] = [];
  /** Ranks in a traceback, and whether it is one that a program reports and goes on from. */
  const open = new Map<number | undefined, 'own' | 'harmless'>();
  let announced = false;
  for (const line of text
    .split('\n')
    .flatMap((one) => one.split(INSIDE))
    .map(marked)) {
    const state = open.get(line.rank);
    if (TRACEBACK.test(line.text)) open.set(line.rank, announced ? 'harmless' : 'own');
    else if (state !== undefined && /^\S/.test(line.text)) open.delete(line.rank);
    const isException = state !== undefined && /^\S/.test(line.text);
    const isIgnored = state === 'harmless' || open.get(line.rank) === 'harmless' || isHarmless(line.text);
    announced = FIRST_OF_BLOCK.test(line.text);
    if (isIgnored) continue;
    lines.push(line);
    const [, python, native] = EXCEPTION.exec(line.text) ?? [];
    const found = python ?? native ?? (isException ? line.text : undefined);
    if (found !== undefined) exceptions.push({ rank: line.rank, text: found });
  }
  return { lines, exceptions };
}

function marked(line: string): Line {
  const [marks = '', rank] = MARKS.exec(line) ?? [];
  const text = line.slice(marks.length);
  const { head, tail } = LINE_ENDS;
  const short = text.length > head + tail ? `${text.slice(0, head)} ... ${text.slice(-tail)}` : text;
  return { rank: rank === undefined ? undefined : Number(rank), text: short };
}

function isHarmless(text: string): boolean {
  return HARMLESS.some(({ pattern }) => pattern.test(text));
}
