/** The text of a finished log: a heading, and its lines without escape sequences, with bars as they were last drawn. */
import { EscapeFilter } from '../../../schemas/escapes.js';
import type { ResultOf } from '../../../schemas/index.js';
import type { AttemptKey } from './attempts.js';
import { BarFolder } from './bars.js';

/** Bytes of a log that a document shows: its end. An editor stays quick with as much. */
export const MOST_BYTES = 8 * 2 ** 20;
/** Bytes of one log.read. */
const READ_BYTES = 512 * 2 ** 10;

type Piece = ResultOf<'log.read'>;

export interface LogReader {
  call(method: 'log.read', params: { id: string; attempt: number; from?: number; bytes: number }): Promise<Piece>;
}

export interface LogText {
  readonly text: string;
  /** Bytes that were left out at the beginning. */
  readonly leftOut: number;
  /** The daemon's own copy, whole. */
  readonly file: string;
  /** Whose log it is. */
  readonly run: string;
}

/** Reads piece by piece, so that a long log is no long block. @throws Problem */
export async function readLogText(
  link: LogReader,
  { job: id, attempt }: AttemptKey,
  most = MOST_BYTES,
): Promise<LogText> {
  const begin = await link.call('log.read', { id, attempt, bytes: 4 });
  const skips = begin.size - begin.from > most;
  const filter = new EscapeFilter({ draws: false, refused: 'left out' });
  const folder = new BarFolder(!skips);
  let piece = await link.call('log.read', { id, attempt, from: skips ? -most : begin.from, bytes: READ_BYTES });
  const leftOut = piece.from - begin.from;
  const parts: string[] = [];
  // What is written meanwhile is not waited for: the log ends where it ended when the document was opened.
  for (;;) {
    parts.push(folder.push(filter.push(piece.text)));
    if (piece.to >= begin.size || piece.to === piece.from) break;
    piece = await link.call('log.read', { id, attempt, from: piece.to, bytes: READ_BYTES });
  }
  parts.push(folder.end());
  const text = parts.join('');
  return { text: leftOut === 0 ? text : text.slice(text.indexOf('\n') + 1), leftOut, file: begin.file, run: begin.run };
}
