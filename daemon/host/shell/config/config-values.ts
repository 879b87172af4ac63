/** Values of ssh_config(5): what a line may say, checked as ssh checks it, whether or not its block applies. */
import type { ConfigLine } from './config-line.js';
import { parsePort } from './destination.js';
import type { SshEnvironment } from './environment.js';
import { parseHops } from './jump-list.js';
import type { Takes } from './keywords.js';
import { configInvalid, type Position } from './position.js';
import { expandVariables } from './tokens.js';

const MAX_INT = 2 ** 31 - 1;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
/** Files of one line; OpenSSH allows as many. */
const MAX_FILES = 32;

/** What one word means: null = the setting is turned off ("none"), undefined = the word is not valid. */
type Meaning = string | null | undefined;

/** Kinds that are one word. */
const WORDS: { readonly [takes: string]: (word: string, checking: Checking) => Meaning } = {
  word: (word) => word,
  path: (word) => word,
  port: (word) => parsePort(word)?.toString(),
  number: (word) => parseNumber(word)?.toString(),
  time: (word) => (word === 'none' ? null : parseTime(word)?.toString()),
  agent,
  algorithms: (word) => word,
  escape: (word) => (/^(none|[ -~]|\^[@-~])$/.test(word) ? word : undefined),
  'flag or time': (word) => (/^(yes|no|true|false)$/.test(word) ? word : parseTime(word)?.toString()),
  'flag or agent': (word, checking) => (/^(yes|no|true|false)$/i.test(word) ? word : agent(word, checking)),
};

interface Checking {
  readonly line: ConfigLine;
  readonly position: Position;
  readonly environment: SshEnvironment;
}

/**
 * The words that the line sets; none when it turns the setting off.
 * @throws CosmosError config_invalid for what ssh refuses.
 */
export function valuesOf(takes: Takes, checking: Checking): readonly string[] {
  const { line, position } = checking;
  const fail = (why: string) => configInvalid(position, `${line.written} ${why}`);
  if (takes === 'anything' || takes === 'section' || takes === 'include') return line.args;
  if (takes === 'command') return [line.text.replace(/^[ \t\r\n=]+/, '')];
  if (takes === 'jump') return [jump(line.text.replace(/^[ \t\r\n=]+/, ''), fail)];
  const means = typeof takes === 'string' ? WORDS[takes] : (word: string) => choice(takes, word);
  if (means === undefined) return listOf(String(takes), line, fail);
  const [first = ''] = line.args;
  if (first === '') throw fail('has no value');
  const found = means(first, checking);
  if (found === undefined) throw fail(`cannot be "${first}"${hint(takes)}`);
  if (line.args.length > 1) throw fail(`has more than one value; one with spaces goes in quotes`);
  return found === null ? [] : [found];
}

function jump(text: string, fail: (why: string) => Error): string {
  if (parseHops(text) !== undefined) return text;
  throw fail(`"${text}" is no list of hosts; write user@host:port, and between two of them a comma without a space`);
}

function choice(choices: Readonly<Record<string, string>>, word: string): string | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(choices, lower) ? choices[lower] : undefined;
}

function listOf(takes: string, { args }: ConfigLine, fail: (why: string) => Error): readonly string[] {
  const isNone = (word: string) => word.toLowerCase() === 'none';
  if (takes === 'two words' && args.length !== 2) throw fail('takes two values');
  if (takes === 'keys to agent' && !isForAgent(args)) throw fail(`cannot be "${args.join(' ')}"`);
  if (takes === 'some' && (args[0] ?? '') === '') throw fail('has no value');
  if (IS_ITEM[takes] === undefined) return args;
  const bad = args.find((word) => !IS_ITEM[takes]?.(word));
  if (bad !== undefined) throw fail(`cannot hold "${bad}"`);
  const mayBeNone = takes === 'files' || takes === 'domains' || takes === 'cnames';
  if (mayBeNone && args.length > 1 && args.some(isNone)) throw fail('holds none beside other values');
  if (takes === 'files' && args.length > MAX_FILES) throw fail(`names more than ${MAX_FILES} files`);
  return args;
}

const IS_ITEM: { readonly [takes: string]: (word: string) => boolean } = {
  files: (word) => word !== '',
  domains: isDomain,
  cnames: (word) => word === '*' || /^none$/i.test(word) || /:./s.test(word),
  names: (word) => word !== '' && !word.includes('='),
  assignments: (word) => word.includes('='),
};

function isForAgent([what = '', time, ...more]: readonly string[]): boolean {
  const isTime = (text: string) => text !== '' && parseTime(text) !== undefined;
  if (time !== undefined) return /^confirm$/i.test(what) && isTime(time) && more.length === 0;
  return /^(yes|no|true|false|ask|confirm)$/i.test(what) || isTime(what);
}

/** The names that ssh takes for domains. */
function isDomain(word: string): boolean {
  return /^[a-z0-9][a-z0-9_.-]*$/i.test(word) && !word.includes('..');
}

function hint(takes: Takes): string {
  if (typeof takes !== 'string') return `; it is one of ${Object.keys(takes).join(', ')}`;
  if (takes === 'port') return '; a port is a number from 1 to 65535';
  if (takes === 'time') return '; a time is seconds, or has units: 90, 1m30s';
  return takes === 'number' ? '; it is a whole number' : '';
}

/** A socket, checked as far as ssh does: its variables must be there. */
function agent(word: string, { position, environment }: Checking): string {
  expandVariables({ value: word, position }, environment.variables);
  if (/^\$(?!\{)/.test(word) && !/^\$[A-Za-z0-9_]+$/.test(word)) {
    throw configInvalid(position, `"${word}" is not the name of an environment variable`);
  }
  return word;
}

/** As C reads a whole number: blank and a sign may come first. */
function parseNumber(text: string): number | undefined {
  const number = /^\s*[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= 0 && number <= MAX_INT ? Math.abs(number) : undefined;
}

/** Seconds of "90", "1m30s", "2h". */
function parseTime(text: string): number | undefined {
  let seconds = 0;
  let rest = text;
  while (rest !== '') {
    const [part = '', number = '', unit] = /^\s*([+-]?\d+)([smhdw])?/i.exec(rest) ?? [];
    rest = rest.slice(part.length);
    seconds += Number(number) * (SECONDS[(unit ?? 's').toLowerCase()] ?? 1);
    const isLast = rest === '';
    if (part === '' || Number(number) < 0 || seconds > MAX_INT || (unit === undefined && !isLast)) return undefined;
  }
  return Math.abs(seconds);
}
