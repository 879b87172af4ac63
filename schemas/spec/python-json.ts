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
  ) {
    super(message);
  }
}

/** sys.get_int_max_str_digits() of CPython. */
const MOST_DIGITS = 4300;
/** sys.getrecursionlimit() is 1000, less the frames that a plain script and json itself stand on. */
const DEEPEST = 994;

const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
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
  const value = reader.value(1);
  reader.skipSpace();
  if (reader.at < to) throw stop('there is more text after the end of the JSON value', reader.at);
  return value;
}

function stop(message: string, offset: number): PyJsonError {
  return new PyJsonError('JSONDecodeError', message, offset);
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
    if (depth > DEEPEST) throw new PyJsonError('RecursionError', 'the JSON is nested too deeply', this.at);
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
      if (!this.sees('"')) throw stop(this.describeKey(), this.at);
      const key = this.string();
      this.skipSpace();
      if (!this.takes(':')) throw stop(`a colon is missing after the key "${key.value}"`, this.at);
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
    if (!this.takes(',')) throw stop(this.at < this.to ? `a comma is missing here` : this.unclosed(close), after);
    this.skipSpace();
    if (this.sees(close)) throw stop(`there is a comma too many before the "${close}"`, at);
  }

  private describeKey(): string {
    if (this.at >= this.to) return this.unclosed('}');
    return this.comment() ?? 'a key in double quotes is expected here';
  }

  private unclosed(close: string): string {
    return `the text ends before its closing "${close}"`;
  }

  private comment(): string | undefined {
    return this.text.startsWith('//', this.at) || this.text.startsWith('/*', this.at) || this.sees('#')
      ? 'JSON has no comments; Python stops here'
      : undefined;
  }

  private string(): PyString {
    const start = this.at++;
    let value = '';
    for (;;) {
      PLAIN.lastIndex = this.at;
      const plain = PLAIN.exec(this.text)?.[0] ?? '';
      value += plain;
      this.at += plain.length;
      if (this.at >= this.to) throw stop('this text has no closing quote', start);
      if (this.takes('"')) return { kind: 'string', start, end: this.at, value };
      if (!this.takes('\\')) throw stop('a line break or control character stands inside this text', this.at);
      value += this.escape(start);
    }
  }

  /** Python pairs surrogates as UTF-16 does and lets lone ones stand, which is what a JavaScript string holds anyway. */
  private escape(start: number): string {
    if (this.at >= this.to) throw stop('this text has no closing quote', start);
    const letter = this.text[this.at++] ?? '';
    if (letter !== 'u') {
      const plain = ESCAPES[letter];
      if (plain === undefined) throw stop(`"\\${letter}" is no JSON escape; a backslash itself is "\\\\"`, this.at - 2);
      return plain;
    }
    const digits = this.text.slice(this.at, Math.min(this.at + 4, this.to));
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw stop('"\\u" needs four hexadecimal digits', this.at - 1);
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
    if (all === '') throw stop(this.comment() ?? 'a value is expected here', this.at);
    const place = { start: this.at, end: this.at + all.length };
    this.at = place.end;
    if (fraction !== undefined || exponent !== undefined) return { kind: 'float', ...place, value: Number(all) };
    const digits = whole.replace('-', '').length;
    if (digits > MOST_DIGITS) throw new PyJsonError('ValueError', `a number has ${digits} digits`, place.start);
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
