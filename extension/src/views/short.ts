/** Names and prompts made so short that a side bar of 300 pixels still shows what stands behind them. Pure. */
import { shownLine } from '../../../schemas/shown-text.js';
import { shortened } from '../shown/inert.js';

/** Columns of a name: half of what a row of a side bar has at its first width. */
const NAME = 18;
/** Columns of the first words of a prompt. */
const WORDS = 40;
/** Characters that are looked at: no name needs more to be told from another. */
const MOST = 300;
/** Letters that take the room of two. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\uff01-\uff60]/u;

/** The first Intl of a process reads its tables for 15 ms: not at activation, but when a name is too long. */
let segmenter: Intl.Segmenter | undefined;

/** Loses its middle: the end has the number, the version or the shot. Letters stay whole, whatever they are made of. */
export function shortName(name: string): string {
  const shown = shownLine(shortened(name, MOST));
  if (isNarrow(shown, NAME)) return shown;
  const letters = lettersOf(shown);
  if (widthOf(letters) <= NAME) return shown;
  const tail = fitting(letters.toReversed(), Math.floor((NAME - 1) / 2)).toReversed();
  const head = fitting(letters, NAME - 1 - widthOf(tail));
  return `${head.join('')}…${tail.join('')}`;
}

/** The beginning of a text on one line, as far as whole words go. */
export function firstWords(text: string): string {
  const line = shortened(text.replace(/\s+/g, ' ').trim(), MOST);
  if (isNarrow(line, WORDS)) return line;
  const letters = lettersOf(line);
  const head = fitting(letters, WORDS);
  if (head.length === letters.length) return line;
  const space = letters[head.length] === ' ' ? head.length : head.lastIndexOf(' ');
  return `${head.slice(0, space > WORDS / 3 ? space : head.length).join('')}…`;
}

/** Without a look at its letters, which costs more than most names are worth. */
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

/** The first of them that fit. */
function fitting(letters: readonly string[], columns: number): string[] {
  let left = columns;
  const end = letters.findIndex((letter) => {
    left -= widthOf([letter]);
    return left < 0;
  });
  return letters.slice(0, end === -1 ? letters.length : end);
}
