/**
 * Makes text from others safe to draw in VS Code: folder names, prompts, reasons, messages of hosts. It is shown
 * completely, and nothing in it acts. Each function is for one kind of control, by what acts there (observed in VS Code
 * 1.139, whose rules are named). A backslash is put before a character that would act, as in JavaScript strings and
 * Markdown: it is visible, it can be looked up, and a shell removes it. Nothing invisible is inserted, because it would
 * be copied with the name. Pure.
 */
import { shownLine, shownText } from '../../../schemas/shown-text.js';

/** Characters of a text with one line. */
const LINE = 300;
/** Characters of a notification. VS Code cuts at 1000, and our own words are at the end. */
const NOTICE = 600;
/** Characters of a text that may have many lines. */
const TEXT = 4000;

/**
 * Letters that are written from right to left: the blocks that Unicode assigns to such scripts (DerivedBidiClass.txt).
 */
const RIGHT_TO_LEFT = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefe\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}';
/** Words of such letters with the text between them, and a number after the last. */
const FOREIGN = new RegExp(
  `[${RIGHT_TO_LEFT}](?:[${RIGHT_TO_LEFT}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}]*[${RIGHT_TO_LEFT}])?\\p{M}*(?:[ _.-]?\\p{Nd}+)*`,
  'gu',
);

/** One line where only characters act: modal questions, rows of trees, titles, string tooltips, findings. */
export function plain(text: string, longest = LINE): string {
  return isolated(shortened(low(shownLine(shortened(text, longest))), longest));
}

/** The same, but line ends stay. */
export function plainLines(text: string, longest = TEXT): string {
  return isolated(shortened(low(shownText(shortened(text, longest))), longest));
}

/** For texts in which "[words](address)" is a link that runs commands: notifications (parseLinkedText). */
export function linkless(text: string): string {
  return withoutLinks(plain(text, NOTICE));
}

/**
 * For texts in which "$(name)" is an icon: code lenses, completions, symbols, names of terminals
 * (renderLabelWithIcons).
 */
export function iconless(text: string, longest = LINE): string {
  return withoutIcons(plain(text, longest));
}

/**
 * For texts in which both act: validation messages of input boxes, the language status, and quick picks, whose
 * description is Markdown when hovered.
 */
export function inert(text: string, longest = LINE): string {
  return withoutIcons(withoutLinks(plain(text, longest)));
}

/**
 * Makes a name from others the name of a document of ours, because VS Code puts it into its own notifications ("Failed
 * to save ..."). Characters that Windows forbids in file names are removed, which removes every link and path.
 */
export function fileName(name: string): string {
  return plain(name, 120)
    .replace(/[\\/:*?"<>|]/g, '-')
    .replaceAll('$(', '$-');
}

/** Cuts the middle. Both ends stay, because versions of a name differ there and our sentences end there. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const tail = Math.floor(longest / 3);
  const head = text.slice(0, longest - tail - 1).replace(/[\ud800-\udbff]$/, '');
  return `${head}…${text.slice(-tail).replace(/^[\udc00-\udfff]/, '')}`;
}

/**
 * Everything that may become a link: VS Code takes http, https, file and command today, and Markdown takes all schemes.
 */
function withoutLinks(text: string): string {
  return text.replace(/\]\((?=[^)]*:)/g, ']\\(');
}

/** VS Code's own escape character, which it does not draw. */
function withoutIcons(text: string): string {
  return text.replace(/\$\((?=[A-Za-z0-9~-]+\))/g, '\\$(');
}

/** Limits combining marks on one letter, which would be drawn over the lines above. No language needs as many. */
function low(text: string): string {
  return text.replace(/(\p{M}{8})\p{M}+/gu, '$1…');
}

/** Isolates words from right to left, so that our own words keep their position (first strong isolate, UAX 9). */
function isolated(text: string): string {
  return text.replace(FOREIGN, '\u2068$&\u2069');
}
