/**
 * Splits a line of NVIDIA's logs into records, bars and other output. Both engines write loguru records ("[MM-DD
 * HH:MM:SS|INFO|file:line:func] text") to stdout and tqdm bars to stderr, so that in the one log of a run a record may
 * follow a bar on its line. Sources: cosmos-transfer2.5 imaginaire/utils/log.py:89-110; cosmos-framework init.py:45-52
 * ("...|job=|INFO|..."). Some releases leave the place out ("[04-10 01:51:04|INFO] text", pull request 219).
 */
import { stripVTControlCharacters } from 'node:util';

/** A bar of the sampler. One is drawn for every chunk, in transfer2.5 by every GPU. */
export interface Bar {
  readonly kind: 'bar';
  /** Steps done. */
  readonly at: number;
  readonly of: number;
  /** With the time passed: equal texts are one drawing repeated. */
  readonly text: string;
}

export type Piece =
  | Bar
  | { readonly kind: 'record'; readonly level: string; readonly message: string }
  /** What other programs print: tracebacks, downloads, uv. */
  | { readonly kind: 'other'; readonly text: string };

/** Control characters, and what was no UTF-8. */
const UNSEEN = /[^\P{Cc}\t]|\ufffd/gu;
const BAR = /(?:Generating samples|Sampling):\s+\d+%\|[^|[\]]*\|\s*(\d+)\/(\d+) \[[^[\]]*\]/;
const HEAD = /\[\d\d-\d\d \d\d:\d\d:\d\d((?:\|[^|\]]*)+)\] ?/;
const NEXT = new RegExp(`${BAR.source}|${HEAD.source}`);
const BAR_LAST = new RegExp(`${BAR.source}$`);
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'SUCCESS', 'WARNING', 'ERROR', 'CRITICAL'];
/** cosmos-framework marks records of every rank, sometimes twice (utils/log.py: _rank0_only_filter). */
const RANKS = /^(?:\[RANK \d+\] )+/;

/** The text without what a terminal would not show. */
export function visible(text: string): string {
  return stripVTControlCharacters(text).replace(UNSEEN, '');
}

/**
 * The pieces of a line. A record ends with its line: what looks like another record inside it is user text, such as a
 * prompt, and stays in it.
 */
export function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  for (let rest = visible(line); rest.trim() !== ''; ) {
    const found = NEXT.exec(rest);
    const before = found === null ? rest : rest.slice(0, found.index);
    if (before.trim() !== '') pieces.push({ kind: 'other', text: before.trimEnd() });
    if (found === null) break;
    const [text, at, of, fields] = found;
    rest = rest.slice(found.index + text.length);
    if (fields !== undefined) return [...pieces, record(fields, rest)];
    pieces.push({ kind: 'bar', at: Number(at), of: Number(of), text });
  }
  return pieces;
}

/** Whether the line, which may still be growing, ends with a bar that is drawn to its end. */
export function endsWithBar(line: string): boolean {
  return BAR_LAST.test(line);
}

function record(fields: string, text: string): Piece {
  const level = fields.split('|').find((field) => LEVELS.includes(field.trim()));
  return { kind: 'record', level: level?.trim() ?? 'INFO', message: text.replace(RANKS, '').trimEnd() };
}
