/**
 * Words of strangers as VS Code may draw them: folder names, prompts, reasons, what a host says. A person reads what
 * stands there; nothing of it acts. Each function is for one kind of place, by what acts there (seen in VS Code 1.139,
 * whose rules are named). Pure.
 *
 * A backslash is put where something would act, as a JavaScript string literal and Markdown have it: it is seen, it can
 * be looked up, and a shell takes it away again. Nothing invisible is put into a name, which would be copied along.
 */
import { shownLine, shownText } from '../../../schemas/shown-text.js';

/** Characters of a place that has one line. */
const LINE = 300;
/** Of a notification: VS Code cuts at 1000, and our own words stand at the end. */
const NOTICE = 600;
/** Of what may have many lines. */
const TEXT = 4000;

/** Letters that are written from right to left: the blocks that Unicode gives to such scripts (DerivedBidiClass.txt). */
const RIGHT_TO_LEFT = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefe\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}';
/** Words of such letters with what stands between them, and the number that belongs to the last. */
const FOREIGN = new RegExp(
  `[${RIGHT_TO_LEFT}](?:[${RIGHT_TO_LEFT}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}]*[${RIGHT_TO_LEFT}])?\\p{M}*(?:[ _.-]?\\p{Nd}+)*`,
  'gu',
);

/** One line where nothing acts but characters: modal questions, rows of trees, titles, string tooltips, findings. */
export function plain(text: string, longest = LINE): string {
  return isolated(shortened(shownLine(shortened(text, longest)), longest));
}

/** The same with its line ends. */
export function plainLines(text: string, longest = TEXT): string {
  return isolated(shortened(shownText(shortened(text, longest)), longest));
}

/** Where "[words](address)" is a link that runs commands: notifications (parseLinkedText). */
export function linkless(text: string): string {
  return withoutLinks(plain(text, NOTICE));
}

/** Where "$(name)" is an icon: code lenses, completions, symbols, names of terminals (renderLabelWithIcons). */
export function iconless(text: string, longest = LINE): string {
  return withoutIcons(plain(text, longest));
}

/** Where both are: what an input box says, the language status, and quick picks, where a description is hovered as Markdown. */
export function inert(text: string, longest = LINE): string {
  return withoutIcons(withoutLinks(plain(text, longest)));
}

/**
 * A stranger's name as that of a document of ours, which VS Code puts into notifications of its own ("Failed to save
 * ..."): without what no file name may have on Windows, which takes every link and path out of it.
 */
export function fileName(name: string): string {
  return plain(name, 120)
    .replace(/[\\/:*?"<>|]/g, '-')
    .replaceAll('$(', '$-');
}

/** Both ends stay: they tell versions of a name apart, and a sentence of ours ends at its end. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const tail = Math.floor(longest / 3);
  const head = text.slice(0, longest - tail - 1).replace(/[\ud800-\udbff]$/, '');
  return `${head}…${text.slice(-tail).replace(/^[\udc00-\udfff]/, '')}`;
}

/** Whatever may come to be a link: VS Code takes http, https, file and command today, and Markdown takes all. */
function withoutLinks(text: string): string {
  return text.replace(/\]\((?=[^)]*:)/g, ']\\(');
}

/** VS Code's own escape, which it does not show. */
function withoutIcons(text: string): string {
  return text.replace(/\$\((?=[A-Za-z0-9~-]+\))/g, '\\$(');
}

/** Words from right to left stay among themselves, and ours where they are (first strong isolate, UAX 9). */
function isolated(text: string): string {
  return text.replace(FOREIGN, '\u2068$&\u2069');
}
