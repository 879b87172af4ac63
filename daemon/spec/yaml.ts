/** YAML specs of Cosmos 3, read as PyYAML's safe_load reads them (YAML 1.1), with the place of every value. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { PyJsonError, type PyMember, type PyNode, type PyString } from '../../schemas/spec/python-json.js';

/** @throws PyJsonError */
export function readYaml(text: string): PyNode {
  const document = parseDocument(text, { version: '1.1', lineCounter: new LineCounter(), intAsBigInt: true });
  const [problem] = document.errors;
  if (problem !== undefined)
    throw new PyJsonError('ValueError', `this is no YAML: ${problem.message.split('\n')[0]}`, problem.pos[0]);
  return toNode(document.contents, (alias) => (isAlias(alias) ? alias.resolve(document) : undefined));
}

type Resolve = (alias: Node) => Node | undefined;

function toNode(node: unknown, resolve: Resolve): PyNode {
  const place = placeOf(node);
  if (isMap(node)) return toObject(node.items, place, resolve);
  if (isSeq(node)) return { kind: 'array', ...place, items: node.items.map((item) => toNode(item, resolve)) };
  if (isAlias(node)) return { ...toNode(resolve(node), resolve), ...place };
  return { ...place, ...scalar(isScalar(node) ? node.value : null) };
}

function toObject(items: readonly Pair<unknown, unknown>[], place: Place, resolve: Resolve): PyNode {
  const members = items.map((pair): PyMember => ({ key: keyOf(pair.key), value: toNode(pair.value, resolve) }));
  return { kind: 'object', ...place, members, last: new Map(members.map((member) => [member.key.value, member])) };
}

/** Keys that are no text (1: x) would not be fields either way; their text stands for them. */
function keyOf(key: unknown): PyString {
  return { kind: 'string', ...placeOf(key), value: isScalar(key) ? String(key.value) : '' };
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function placeOf(node: unknown): Place {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}

type Bare<T> = T extends PyNode ? Omit<T, 'start' | 'end'> : never;

function scalar(value: unknown): Bare<PyNode> {
  switch (typeof value) {
    case 'bigint':
      return { kind: 'int', value };
    case 'number':
      return { kind: 'float', value };
    case 'boolean':
      return { kind: 'bool', value };
    case 'string':
      return { kind: 'string', value };
    default:
      return { kind: 'null' };
  }
}
