/** Reads YAML specs of Cosmos 3 as `yaml.safe_load` does, with the place of every value. */
import { type Alias, isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar } from 'yaml';
import { PyJsonError } from '../../../schemas/spec/python-json.js';
import type { PyMember, PyNode, PyString } from '../../../schemas/spec/python-node.js';
import { type BareNode, plainScalar, taggedScalar } from './yaml-scalars.js';

/** Aliases inside what they stand for would never end. */
const DEEPEST = 200;

/** @throws PyJsonError of type YAMLError */
export function readYaml(text: string): PyNode {
  // failsafe: every scalar comes as its text, because its meaning follows PyYAML's rules and not this library's.
  const document = parseDocument(text, { version: '1.1', schema: 'failsafe', uniqueKeys: false, logLevel: 'error' });
  const [problem] = document.errors;
  if (problem !== undefined) throw stop(wordsOf(problem), problem.pos[0]);
  return new Reader((alias) => alias.resolve(document)).node(document.contents, 0);
}

/** What people get wrong in YAML, by the code of the parser, whose own words are for programmers. */
const SLIPS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'this line is not indented as the lines around it',
  BAD_SCALAR_START: 'a value that begins like this has to be in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'there is a ":" too many; a text with ": " in it has to be in quotes',
  MISSING_CHAR: 'a comma, quote, bracket or ":" is missing here',
  MULTILINE_IMPLICIT_KEY: 'a ":" is missing here',
  MULTIPLE_DOCS: 'it holds several documents ("---"), and a spec is one',
  TAB_AS_INDENT: 'a tab stands at the beginning of the line, and YAML takes spaces only',
  UNEXPECTED_TOKEN: 'something stands here that belongs elsewhere',
};

function wordsOf({ code, message }: { readonly code: string; readonly message: string }): string {
  if (Object.hasOwn(SLIPS, code)) return SLIPS[code] ?? code;
  return (message.split('\n')[0] ?? code).replace(/ at line \d+, column \d+:?$/, '');
}

function stop(message: string, offset: number): PyJsonError {
  return new PyJsonError(
    'YAMLError',
    `this YAML cannot be read: ${message}`,
    offset,
    'Correct it there, or write the spec as JSON.',
  );
}

class Reader {
  constructor(private readonly resolve: (alias: Alias) => unknown) {}

  node(node: unknown, depth: number): PyNode {
    const place = placeOf(node);
    if (depth > DEEPEST) throw stop('it is nested too deeply', place.start);
    if (isMap(node)) return { ...this.object(node.items, depth), ...place };
    if (isSeq(node)) return { kind: 'array', ...place, items: node.items.map((item) => this.node(item, depth + 1)) };
    if (isAlias(node)) return { ...this.node(this.known(node), depth + 1), ...place };
    return { ...place, ...(isScalar(node) ? scalarOf(node) : { kind: 'null' }) };
  }

  private known(alias: Alias): unknown {
    const found = this.resolve(alias);
    if (found === undefined)
      throw stop(`*${alias.source} is used, and nothing is called &${alias.source}`, placeOf(alias).start);
    return found;
  }

  private object(pairs: readonly Pair<unknown, unknown>[], depth: number) {
    const own = pairs.filter(({ key }) => !isMerge(key));
    const merged = pairs.filter(({ key }) => isMerge(key)).flatMap(({ value }) => this.merged(value, depth));
    const members = [
      ...merged,
      ...own.map((pair): PyMember => {
        return { key: keyOf(pair.key), value: this.node(pair.value, depth + 1) };
      }),
    ];
    const last = new Map(members.map((member) => [member.key.value, member]));
    return { kind: 'object', members, last } as const;
  }

  /** `<<`: the members of another mapping, beneath its own. */
  private merged(value: unknown, depth: number): readonly PyMember[] {
    const node = this.node(value, depth + 1);
    if (node.kind === 'object') return node.members;
    throw stop('"<<" takes fields (key: value) and nothing else', node.start);
  }
}

function isMerge(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

/** Keys that are no text (yes: x) would not be fields either way; their text stands for them. */
function keyOf(key: unknown): PyString {
  const place = placeOf(key);
  if (!isScalar(key)) throw stop('a key must be a word', place.start);
  return { kind: 'string', ...place, value: String(key.value ?? '') };
}

function scalarOf(node: Scalar): BareNode {
  const text = String(node.value ?? '');
  if (node.tag !== undefined && node.tag !== '!') {
    const tagged = taggedScalar(node.tag, text);
    if (tagged === undefined) throw stop(`the tag ${node.tag} does not fit here`, placeOf(node).start);
    return tagged;
  }
  return node.type === 'PLAIN' ? plainScalar(text) : { kind: 'string', value: text };
}

function placeOf(node: unknown): { readonly start: number; readonly end: number } {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}
