/**
 * Markdown of ours with words of others in it: names, prompts and messages never become markup. What VS Code is given is
 * never trusted and has neither HTML nor icons (editor.ts), so links of ours lead nowhere either.
 */
import { plain } from './inert.js';

/** Characters of one piece of somebody's words in a tooltip. */
const LONGEST = 400;

/** Made by the functions of this file only. */
export class Markdown {
  constructor(readonly text: string) {}
}

/** Words of others between ours: md`**${name}** is ready`. */
export function md(ours: TemplateStringsArray, ...theirs: readonly (string | Markdown)[]): Markdown {
  const values = theirs.map((value) => (value instanceof Markdown ? value.text : escaped(value)));
  return new Markdown(String.raw({ raw: ours }, ...values));
}

/** Words of somebody, as such. */
export function quoted(text: string): Markdown {
  return md`“${text}”`;
}

/** A table without head; rows without a value are left out. */
export function facts(rows: readonly (readonly [name: string, value: string | null | undefined])[]): Markdown {
  const lines = rows.flatMap(([name, value]) => (value ? [`| ${escaped(name)} | ${escaped(value)} |`] : []));
  return new Markdown(lines.length === 0 ? '' : ['| | |', '|:--|:--|', ...lines].join('\n'));
}

/** @param uri as Uri.toString() writes it, in which nothing acts; undefined = there is none. */
export function picture(uri: string | undefined, says: string, width: number): Markdown {
  return new Markdown(uri === undefined ? '' : `![${escaped(says)}](${uri}|width=${width})`);
}

/** A picture in itself, in which nothing can act. */
const DATA = /^data:image\/(?:jpeg|png);base64,[A-Za-z0-9+/]+={0,2}$/;
/** Characters of all pictures of a tooltip: VS Code cuts a text at 100,000. */
const MOST_PICTURES = 90_000;

/**
 * Pictures on one line, as far as there is room.
 * @param all what each shows, and its data: URL; anything else is left out.
 */
export function pictures(all: readonly (readonly [says: string, url: string])[], width: number): Markdown {
  let left = MOST_PICTURES;
  const drawn = all.flatMap(([says, url]) => {
    if (!DATA.test(url) || url.length > left) return [];
    left -= url.length;
    return [picture(url, says, width).text];
  });
  return new Markdown(drawn.join(' '));
}

/** What is not empty, a paragraph each. */
export function paragraphs(...all: readonly Markdown[]): Markdown {
  const texts = all.map(({ text }) => text).filter((text) => text !== '');
  return new Markdown(texts.join('\n\n'));
}

/** The text as code on one line; its fence is longer than any run of backticks in it. */
export function code(text: string): string {
  const shown = plain(text);
  const fence = fenceFor(shown, 1);
  const room = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${room}${shown}${room}${fence}`;
}

/** A block of text as it is. */
export function fenced(text: string, language = ''): string {
  const fence = fenceFor(text, 3);
  return `${fence}${language}\n${text}\n${fence}`;
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longest < least ? least : longest + 1);
}

/** What Markdown reads in a line; ":" and "@" make addresses into links as they stand. */
function escaped(text: string): string {
  const inactive = plain(text, LONGEST).replace(/[\\`*_{}[\]()#+\-.!|<>~$&:@^]/g, '\\$&');
  return inactive.replace(/^ +| +$/g, (spaces) => '&nbsp;'.repeat(spaces.length)); // four of them would begin a block
}
