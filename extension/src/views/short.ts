/** Shortens names and prompts so that a side bar of 300 pixels also shows the text after them. Pure. */
import { shownLine } from '../../../schemas/shown-text.js';
import { shortened } from '../shown/inert.js';

/** Columns of a name: half a row of a side bar at its default width. */
const NAME = 18;
/** Columns of the shown beginning of a prompt. */
const WORDS = 40;
/** Characters that are examined; names differ before that. */
const MOST = 300;
/** Letters that are two columns wide. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\uff01-\uff60]/u;

/**
 * Created when the first name is too long, because the first Intl of a process takes 15 ms, too long for the
 * activation.
 */
let segmenter: Intl.Segmenter | undefined;

/**
 * Removes the middle, because the end has the number, the version or the shot. Letters of several code points stay
 * whole.
 */
export function shortName(name: string): string {
  const shown = shownLine(shortened(name, MOST));
  if (isNarrow(shown, NAME)) return shown;
  const letters = lettersOf(shown);
  if (widthOf(letters) <= NAME) return shown;
  const tail = fitting(letters.toReversed(), Math.floor((NAME - 1) / 2)).toReversed();
  const head = fitting(letters, NAME - 1 - widthOf(tail));
  return `${head.join('')}…${tail.join('')}`;
}

/** The beginning of a text on one line, cut between words. */
export function firstWords(text: string): string {
  const line = shortened(text.replace(/\s+/g, ' ').trim(), MOST);
  if (isNarrow(line, WORDS)) return line;
  const letters = lettersOf(line);
  const head = fitting(letters, WORDS);
  if (head.length === letters.length) return line;
  const space = letters[head.length] === ' ' ? head.length : head.lastIndexOf(' ');
  return `${head.slice(0, space > WORDS / 3 ? space : head.length).join('')}…`;
}

/** A quick test without looking at letters, enough for most names. */
function isNarrow(text: string, columns: number): boolean {
  return text.length <= columns && !WIDE.test(text);
}

function lettersOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function widthOf(letters: readonly string[]): number {
  return letters.reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0);
}

/** The first letters that fit. */
function fitting(letters: readonly string[], columns: number): string[] {
  let left = columns;
  const end = letters.findIndex((letter) => {
    left -= widthOf([letter]);
    return left < 0;
  });
  return letters.slice(0, end === -1 ? letters.length : end);
}
