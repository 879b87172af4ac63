/**
 * Our own Markdown with text from others in it: names, prompts and messages never become markup. VS Code gets it as
 * untrusted, without HTML and icons (editor.ts), so links cannot run commands.
 */
import { plain } from './inert.js';

/** Characters of one text from others in a tooltip. */
const LONGEST = 400;

/** Only the functions of this file can create it. */
export class Markdown {
  constructor(readonly text: string) {}
}

/** Puts text from others between our words: md`**${name}** is ready`. */
export function md(ours: TemplateStringsArray, ...theirs: readonly (string | Markdown)[]): Markdown {
  const values = theirs.map((value) => (value instanceof Markdown ? value.text : escaped(value)));
  return new Markdown(String.raw({ raw: ours }, ...values));
}

/** Text from others, escaped. */
export function quoted(text: string): Markdown {
  return md`“${text}”`;
}

/** A table without a header; rows without a value are left out. */
export function facts(rows: readonly (readonly [name: string, value: string | null | undefined])[]): Markdown {
  const lines = rows.flatMap(([name, value]) => (value ? [`| ${escaped(name)} | ${escaped(value)} |`] : []));
  return new Markdown(lines.length === 0 ? '' : ['| | |', '|:--|:--|', ...lines].join('\n'));
}

/** @param uri from Uri.toString(), which escapes it; undefined = there is none. */
export function picture(uri: string | undefined, says: string, width: number): Markdown {
  return new Markdown(uri === undefined ? '' : `![${escaped(says)}](${uri}|width=${width})`);
}

/** A data: URL of a picture; it can run nothing. */
const DATA = /^data:image\/(?:jpeg|png);base64,[A-Za-z0-9+/]+={0,2}$/;
/** Characters of all pictures of a tooltip together; VS Code cuts a text at 100,000. */
const MOST_PICTURES = 90_000;

/**
 * Pictures on one line, as many as fit.
 * @param all a title and a data: URL for each; other URLs are left out.
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

/** One paragraph for each text that is not empty. */
export function paragraphs(...all: readonly Markdown[]): Markdown {
  const texts = all.map(({ text }) => text).filter((text) => text !== '');
  return new Markdown(texts.join('\n\n'));
}

/** The text as code on one line. Its fence is longer than any run of backticks in it. */
export function code(text: string): string {
  const shown = plain(text);
  const fence = fenceFor(shown, 1);
  const room = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${room}${shown}${room}${fence}`;
}

/** A code block. */
export function fenced(text: string, language = ''): string {
  const fence = fenceFor(text, 3);
  return `${fence}${language}\n${text}\n${fence}`;
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longest < least ? least : longest + 1);
}

/** Characters that Markdown interprets in a line. ":" and "@" turn plain addresses into links. */
function escaped(text: string): string {
  const inactive = plain(text, LONGEST).replace(/[\\`*_{}[\]()#+\-.!|<>~$&:@^]/g, '\\$&');
  return inactive.replace(/^ +| +$/g, (spaces) => '&nbsp;'.repeat(spaces.length)); // 4 would begin code
}
