/**
 * How OpenSSH cuts a line of ssh_config into words (its own rules, readconf.c and misc.c of 9.x, in our words). There are
 * two: one for keywords and the criteria of Match, which also ends at an equals sign, and one for arguments.
 */

const BLANK = ' \t\r\n';

/** A setting as it stands in a file. */
export interface ConfigLine {
  /** In lower case. */
  readonly keyword: string;
  /** The keyword as it stands there, for sentences. */
  readonly written: string;
  /** What follows keyword and equals sign, comment and quotes included. */
  readonly text: string;
  readonly args: readonly string[];
}

/** Why a line is not valid, as a clause for the error sentence. */
export interface BadLine {
  readonly problem: string;
}

/** One line without its newline; undefined when it is empty or a comment. A NUL ends it, as it ends a C string. */
export function readLine(line: string): ConfigLine | BadLine | undefined {
  const [visible = ''] = line.split('\0', 1);
  const end = /[ \t\r\n\f]*$/.exec(visible.slice(1))?.index ?? 0;
  let { word, rest } = nextWord(visible.slice(0, end + 1));
  if (word === '') ({ word, rest } = nextWord(rest)); // there was blank in front of it
  if (word === undefined || word === '' || word.startsWith('#')) return undefined;
  const text = skipBlank(rest ?? '');
  if (text === '') return { problem: `${word} has no value` };
  const args = splitArguments(text);
  return args === undefined
    ? { problem: 'a quotation mark has no partner' }
    : { keyword: lower(word), written: word, text, args };
}

/** The next word, and what follows it; both undefined at the end of the line or at an open quote. */
export interface Cut {
  readonly word: string | undefined;
  readonly rest: string | undefined;
}

/** A word ends at blank, at one equals sign, or with the part of it that stands in double quotes. */
export function nextWord(text: string | undefined): Cut {
  if (text === undefined) return { word: undefined, rest: undefined };
  const at = text.search(/[ \t\r\n"=]/);
  if (at === -1) return { word: text, rest: undefined };
  if (text[at] === '"') {
    const close = text.indexOf('"', at + 1);
    if (close === -1) return { word: undefined, rest: undefined };
    return { word: text.slice(0, at) + text.slice(at + 1, close), rest: skipBlank(text.slice(close + 1)) };
  }
  const rest = skipBlank(text.slice(at + 1));
  const hasEquals = text[at] !== '=' && rest.startsWith('=');
  return { word: text.slice(0, at), rest: hasEquals ? skipBlank(rest.slice(1)) : rest };
}

/**
 * Arguments are divided by spaces and tabs; either kind of quote holds them together, also in the middle of a word. A
 * backslash takes the meaning from a quote, from itself and, outside quotes, from a space; else it is a letter like any
 * other. A "#" begins a comment only where a word could begin. Undefined when a quote stays open.
 */
function splitArguments(text: string): string[] | undefined {
  const args: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (quote === '' && (letter === ' ' || letter === '\t')) {
      if (word !== undefined) args.push(word);
      word = undefined;
    } else if (word === undefined && letter === '#') {
      return args;
    } else if (letter === '\\' && next !== '' && (`'"\\`.includes(next) || (quote === '' && next === ' '))) {
      word = (word ?? '') + next;
      at++;
    } else if (quote === '' && (letter === '"' || letter === "'")) {
      word ??= '';
      quote = letter;
    } else if (letter === quote) {
      quote = '';
    } else {
      word = (word ?? '') + letter;
    }
  }
  if (quote !== '') return undefined;
  return word === undefined ? args : [...args, word];
}

function skipBlank(text: string): string {
  let at = 0;
  while (at < text.length && BLANK.includes(text[at] ?? '')) at++;
  return text.slice(at);
}

/** ASCII only, as OpenSSH does it in the C locale. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
