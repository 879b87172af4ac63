/**
 * JSON as Python's `json.loads` reads it, with the place of every value: what NVIDIA's readers see of a spec.
 * Differs from JSON.parse: NaN and Infinity are numbers, integers are exact at any size and are not floats, lone
 * surrogates may stand in strings, a byte order mark is refused, nesting ends at Python's recursion limit
 * (CPython 3.11, Lib/json/scanner.py, decoder.py). Of keys that stand twice, the last one counts.
 */
import type { PyArray, PyFloat, PyInt, PyMember, PyNode, PyObject, PyString } from './python-node.js';

/** Why Python would stop, where (UTF-16 offset), and the exception it raises. */
export class PyJsonError extends Error {
  constructor(
    readonly type: 'JSONDecodeError' | 'ValueError' | 'RecursionError' | 'YAMLError',
    message: string,
    readonly offset: number,
    /** What to do, in a sentence. */
    readonly fix?: string,
  ) {
    super(message);
  }
}

/** sys.get_int_max_str_digits() of CPython. */
const MOST_DIGITS = 4300;
/** sys.getrecursionlimit() is 1000, less the frames that a plain script and json itself stand on. */
const DEEPEST = 994;

const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
/** What people write by habit, Python's own words among it, and what JSON has for it. */
const HABITS = [
  ['True', 'true, in small letters'],
  ['False', 'false, in small letters'],
  ['None', 'null'],
  ["'", 'text in double quotes'],
  ['.', 'a 0 before the point'],
] as const;
const OPEN_TEXT = 'Put a double quote at the end of the text.';
/** Everything but the quote, the backslash and the control characters. */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const SPACE = /[ \t\n\r]*/y;
const WORDS = ['null', 'true', 'false', 'NaN', 'Infinity', '-Infinity'] as const;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Reads one JSON document between two offsets of a text. @throws PyJsonError */
export function readPythonJson(text: string, from = 0, to = text.length): PyNode {
  if (text.charCodeAt(from) === 0xfeff && from < to) throw stop('the text begins with a byte order mark (BOM)', from);
  const reader = new Reader(text, to, from);
  reader.skipSpace();
  if (reader.at >= to) throw stop('nothing stands here, and a spec is one JSON object: { ... }', reader.at, NO_SPEC);
  const value = reader.value(1);
  reader.skipSpace();
  if (reader.at < to) throw stop('there is more text after the end of the JSON value', reader.at, MORE_TEXT);
  return value;
}

const NO_SPEC = 'Write the spec here, or remove the empty line.';
const MORE_TEXT = 'Remove it. Several specs go into a .jsonl file, each on a line of its own.';

function stop(message: string, offset: number, fix?: string): PyJsonError {
  return new PyJsonError('JSONDecodeError', message, offset, fix);
}

class Reader {
  constructor(
    private readonly text: string,
    private readonly to: number,
    public at: number,
  ) {}

  skipSpace(): void {
    SPACE.lastIndex = this.at;
    this.at += SPACE.exec(this.text)?.[0].length ?? 0;
    if (this.at > this.to) this.at = this.to;
  }

  /** @param depth counted from 1. */
  value(depth: number): PyNode {
    if (depth > DEEPEST)
      throw new PyJsonError('RecursionError', 'the JSON is nested too deeply', this.at, 'Remove some of the brackets.');
    switch (this.at < this.to ? this.text[this.at] : undefined) {
      case '"':
        return this.string();
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      default:
        return this.word() ?? this.number();
    }
  }

  private object(depth: number): PyObject {
    const start = this.at++;
    const members: PyMember[] = [];
    this.skipSpace();
    while (!this.takes('}')) {
      if (members.length > 0) this.comma('}', members.at(-1)?.value.end ?? start);
      if (!this.sees('"')) throw this.noKey();
      const key = this.string();
      this.skipSpace();
      if (!this.takes(':')) {
        const fix = 'Put a ":" between the key and its value.';
        throw stop(`a colon is missing after the key "${key.value}"`, this.at, fix);
      }
      this.skipSpace();
      members.push({ key, value: this.value(depth + 1) });
      this.skipSpace();
    }
    const last = new Map(members.map((member) => [member.key.value, member]));
    return { kind: 'object', start, end: this.at, members, last };
  }

  private array(depth: number): PyArray {
    const start = this.at++;
    const items: PyNode[] = [];
    this.skipSpace();
    while (!this.takes(']')) {
      if (items.length > 0) this.comma(']', items.at(-1)?.end ?? start);
      items.push(this.value(depth + 1));
      this.skipSpace();
    }
    return { kind: 'array', start, end: this.at, items };
  }

  /** @param after end of the value before, where a missing comma belongs. */
  private comma(close: string, after: number): void {
    const at = this.at;
    if (!this.takes(',')) {
      if (this.at >= this.to) throw this.unclosed(close, after);
      throw this.comment(after) ?? stop('a comma is missing here', after, 'Put a comma here.');
    }
    this.skipSpace();
    if (this.sees(close)) throw stop(`there is a comma too many before the "${close}"`, at, 'Remove the comma.');
  }

  private noKey(): PyJsonError {
    if (this.at >= this.to) return this.unclosed('}', this.at);
    const fix = 'Write the key in double quotes: "name".';
    return this.comment(this.at) ?? stop('a key in double quotes is expected here', this.at, fix);
  }

  private unclosed(close: string, offset: number): PyJsonError {
    return stop(`the text ends before its closing "${close}"`, offset, `Add the "${close}".`);
  }

  private comment(offset: number): PyJsonError | undefined {
    const isComment = this.text.startsWith('//', this.at) || this.text.startsWith('/*', this.at) || this.sees('#');
    return isComment ? stop('JSON has no comments, and one stands here', offset, 'Remove the comment.') : undefined;
  }

  private noValue(): PyJsonError {
    const found = HABITS.find(([word]) => this.text.startsWith(word, this.at));
    const fix = `Write ${found?.[1] ?? 'a value: text in double quotes, a number, true, false, { ... } or [ ... ]'}.`;
    return this.comment(this.at) ?? stop('a value is expected here', this.at, fix);
  }

  private string(): PyString {
    const start = this.at++;
    let value = '';
    for (;;) {
      PLAIN.lastIndex = this.at;
      const plain = PLAIN.exec(this.text)?.[0] ?? '';
      value += plain;
      this.at += plain.length;
      if (this.at >= this.to) throw stop('this text has no closing quote', start, OPEN_TEXT);
      if (this.takes('"')) return { kind: 'string', start, end: this.at, value };
      if (!this.takes('\\')) {
        const fix = 'Write "\\n" for a line break.';
        throw stop('a line break or control character stands inside this text', this.at, fix);
      }
      value += this.escape(start);
    }
  }

  /** Python pairs surrogates as UTF-16 does and lets lone ones stand, which is what a JavaScript string holds anyway. */
  private escape(start: number): string {
    if (this.at >= this.to) throw stop('this text has no closing quote', start, OPEN_TEXT);
    const letter = this.text[this.at++] ?? '';
    if (letter !== 'u') {
      const plain = ESCAPES[letter];
      if (plain === undefined) {
        const fix = 'Write paths with "/"; a backslash itself is "\\\\".';
        throw stop(`"\\${letter}" means nothing inside a text`, this.at - 2, fix);
      }
      return plain;
    }
    const digits = this.text.slice(this.at, Math.min(this.at + 4, this.to));
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
      const fix = 'Write four digits from 0 to f, or "\\\\" for a backslash itself.';
      throw stop('"\\u" needs four hexadecimal digits', this.at - 1, fix);
    }
    this.at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private word(): PyNode | undefined {
    const word = WORDS.find((one) => this.text.startsWith(one, this.at) && this.at + one.length <= this.to);
    if (word === undefined) return undefined;
    const place = { start: this.at, end: this.at + word.length };
    this.at = place.end;
    if (word === 'null') return { kind: 'null', ...place };
    if (word === 'true' || word === 'false') return { kind: 'bool', ...place, value: word === 'true' };
    return { kind: 'float', ...place, value: Number(word) };
  }

  private number(): PyInt | PyFloat {
    NUMBER.lastIndex = this.at;
    const [all = '', whole = '', fraction, exponent] = NUMBER.exec(this.text) ?? []; // cannot pass the end of a line
    if (all === '') throw this.noValue();
    const place = { start: this.at, end: this.at + all.length };
    this.at = place.end;
    if (fraction !== undefined || exponent !== undefined) return { kind: 'float', ...place, value: Number(all) };
    const digits = whole.replace('-', '').length;
    if (digits > MOST_DIGITS)
      throw new PyJsonError(
        'ValueError',
        `a number has ${digits} digits, and at most ${MOST_DIGITS} are read`,
        place.start,
        'Write a shorter number.',
      );
    return { kind: 'int', ...place, value: BigInt(whole) };
  }

  private sees(character: string): boolean {
    return this.at < this.to && this.text[this.at] === character;
  }

  private takes(character: string): boolean {
    if (!this.sees(character)) return false;
    this.at++;
    return true;
  }
}
