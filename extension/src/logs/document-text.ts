/**
 * The text of a finished log: a heading, and its lines without escape sequences, with the last drawing of each progress
 * bar.
 */
import { EscapeFilter } from '../../../schemas/escapes.js';
import type { ResultOf } from '../../../schemas/index.js';
import type { AttemptKey } from './attempts.js';
import { BarFolder } from './bars.js';

/** Bytes from the end of a log that a document shows, so that the editor stays fast. */
export const MOST_BYTES = 8 * 2 ** 20;
/** Bytes per log.read call. */
const READ_BYTES = 512 * 2 ** 10;

type Piece = ResultOf<'log.read'>;

export interface LogReader {
  call(method: 'log.read', params: { id: string; attempt: number; from?: number; bytes: number }): Promise<Piece>;
}

export interface LogText {
  readonly text: string;
  /** Bytes left out at the beginning. */
  readonly leftOut: number;
  /** Path of the daemon's own, complete copy. */
  readonly file: string;
  /** The job and attempt of the log. */
  readonly run: string;
}

/** Reads in pieces, so that a long log does not block the window. @throws Problem */
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
  // Lines that are written during this are not read: the log ends where it ended when the document was opened.
  for (;;) {
    parts.push(folder.push(filter.push(piece.text)));
    if (piece.to >= begin.size || piece.to === piece.from) break;
    piece = await link.call('log.read', { id, attempt, from: piece.to, bytes: READ_BYTES });
  }
  parts.push(folder.end());
  const text = parts.join('');
  return { text: leftOut === 0 ? text : text.slice(text.indexOf('\n') + 1), leftOut, file: begin.file, run: begin.run };
}
