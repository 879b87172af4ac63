/**
 * Changes to the text of a TOML document: what is not changed stays as it was written, byte for byte. A key may be
 * written as a table, as a line, with dots or inside an inline table; each is changed in its own way. Pure. The texts
 * that come in are valid TOML; the caller parses the result to check it.
 */
import { isDeepStrictEqual } from 'node:util';
import { type AST, getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';

/** ["host", 0, "engine"]: the number counts the entries of [[host]]. */
export type TomlPath = readonly (string | number)[];

/** What TOML and JSON have in common. */
export type TomlValue =
  | string
  | number
  | boolean
  | readonly TomlValue[]
  | { readonly [key: string]: TomlValue | undefined };

/** A part of the text that sets a key, or a key below it. */
interface Piece {
  readonly kind: 'table' | 'line' | 'element';
  readonly path: TomlPath;
  /** Path of the table that it is in; its key is relative to that. */
  readonly within: TomlPath;
  readonly from: number;
  readonly to: number;
  /** Where its value stands; undefined = it is a table with a header. */
  readonly value?: readonly [from: number, to: number];
  /** Of an element: where those beside it end and begin. */
  readonly before?: Piece;
  readonly nextFrom?: number;
}

/** Removes a key and all keys below it. Comments between its lines are removed too, those above and behind stay. */
export function withoutKey(text: string, path: TomlPath): string {
  const pieces = piecesOf(text, path);
  const isGone = (piece: Piece | undefined): boolean => pieces.some((one) => one.from === piece?.from);
  const isAfterKept = (piece: Piece | undefined): boolean =>
    piece !== undefined && (!isGone(piece) || isAfterKept(piece.before));
  const without = (rest: string, piece: Piece): string => {
    switch (piece.kind) {
      case 'table':
        return withoutTable(rest, piece);
      case 'line':
        return cut(rest, lineStart(rest, piece.from), lineEnd(rest, piece.to));
      case 'element':
        return isAfterKept(piece.before)
          ? cut(rest, piece.before?.to ?? piece.from, piece.to)
          : cut(rest, piece.from, piece.nextFrom ?? piece.to);
    }
  };
  return pieces.reduceRight(without, text);
}

/** Changes the value of an existing key. Unchanged keys below it keep their lines and comments. */
export function withValue(text: string, path: TomlPath, value: TomlValue): string {
  const old = valueAt(text, path);
  if (isDeepStrictEqual(old, value)) return text;
  const exact = piecesOf(text, path).find((piece) => piece.value !== undefined && piece.path.length === path.length);
  if (exact?.value !== undefined) {
    const [from, to] = exact.value;
    return text.slice(0, from) + inline(value) + text.slice(to);
  }
  if (old === undefined) return withKey(text, path, value);
  if (!isTable(old) || !isTable(value)) return withKey(withoutKey(text, path), path, value);
  const changed = Object.entries(value).reduce((rest, [key, one]) => {
    return one === undefined ? rest : withValue(rest, [...path, key], one);
  }, text);
  const gone = Object.keys(old).filter((key) => value[key] === undefined); // last, because new keys go beside old ones
  return gone.reduce((rest, key) => withoutKey(rest, [...path, key]), changed);
}

/** Adds a table at the end, after an empty line; if its parent is an inline table, inside that. */
export function withTable(
  text: string,
  path: TomlPath,
  table: { readonly [key: string]: TomlValue | undefined },
): string {
  const parent = piecesOf(text, path.slice(0, -1)).find((piece) => piece.path.length === path.length - 1);
  if (parent?.value !== undefined) return withElement(text, path, table);
  const end = lineFeed(text);
  const separator = text === '' ? '' : text.endsWith('\n') ? end : end + end;
  return text + separator + tableText(path, table).replaceAll('\n', end);
}

/** A table with its header; lines end with LF. */
export function tableText(path: TomlPath, table: { readonly [key: string]: TomlValue | undefined }): string {
  const lines = Object.entries(table).map(([key, value]) => (value === undefined ? '' : `${line([key], value)}\n`));
  return `[${dotted(path)}]\n${lines.join('')}`;
}

/** Adds it as a key of the table that holds its siblings. */
function withKey(text: string, path: TomlPath, value: TomlValue): string {
  const parent = path.slice(0, -1);
  const siblings = piecesOf(text, parent);
  const home = siblings.find((piece) => piece.kind === 'table' && piece.path.length === parent.length);
  if (home !== undefined) return insertLine(text, home.to, line(path.slice(parent.length), value));
  const beside = siblings.findLast((piece) => piece.kind === 'line');
  if (beside !== undefined) return insertLine(text, beside.to, line(path.slice(beside.within.length), value));
  const element = siblings.findLast((piece) => piece.kind === 'element');
  if (element !== undefined) {
    return `${text.slice(0, element.to)}, ${line(path.slice(element.within.length), value)}${text.slice(element.to)}`;
  }
  const [below] = siblings; // it has nothing but tables below it
  if (below === undefined) return text;
  const header = `${tableText(parent, { [String(path.at(-1))]: value })}\n`.replaceAll('\n', lineFeed(text));
  const at = lineStart(text, below.from);
  return text.slice(0, at) + header + text.slice(at);
}

function withElement(text: string, path: TomlPath, table: TomlValue): string {
  const parent = path.slice(0, -1);
  const [whole] = piecesOf(text, parent);
  if (whole?.value === undefined) return text;
  const last = piecesOf(text, parent, true).at(-1);
  const element = line(path.slice(parent.length), table);
  if (last !== undefined) return `${text.slice(0, last.to)}, ${element}${text.slice(last.to)}`;
  const [from, to] = whole.value;
  return `${text.slice(0, from)}{ ${element} }${text.slice(to)}`;
}

/** In the order of the text. @param inside what an inline table at the path holds, instead of the table itself */
function piecesOf(text: string, path: TomlPath, inside = false): Piece[] {
  const isOf = (one: TomlPath) => one.length >= path.length + Number(inside) && startsWith(one, path);
  const leadsTo = (one: TomlPath) => one.length <= path.length && startsWith(path, one);
  const pairs = (nodes: readonly AST.TOMLKeyValue[], within: TomlPath, kind: 'line' | 'element'): Piece[] => {
    let before: Piece | undefined;
    return nodes.flatMap((node, at): Piece[] => {
      const own = [...within, ...getStaticTOMLValue(node.key)];
      const [from, to] = node.range;
      const piece = {
        kind,
        path: own,
        within,
        from,
        to,
        value: node.value.range,
        before,
        nextFrom: nodes[at + 1]?.range[0],
      };
      before = piece;
      if (isOf(own)) return [piece];
      return leadsTo(own) && node.value.type === 'TOMLInlineTable' ? pairs(node.value.body, own, 'element') : [];
    });
  };
  return parseTOML(text).body[0].body.flatMap((node): Piece[] => {
    if (node.type === 'TOMLKeyValue') return pairs([node], [], 'line');
    const [from, to] = node.range;
    if (isOf(node.resolvedKey)) return [{ kind: 'table', path: node.resolvedKey, within: [], from, to }];
    return leadsTo(node.resolvedKey) ? pairs(node.body, node.resolvedKey, 'line') : [];
  });
}

function startsWith(path: TomlPath, start: TomlPath): boolean {
  return start.every((key, at) => path[at] === key);
}

/** Its lines and the empty ones behind them; of the last table the empty line above it, which kept it apart. */
function withoutTable(text: string, { from, to }: Piece): string {
  const head = text.slice(0, lineStart(text, from));
  const rest = text.slice(lineEnd(text, to)).replace(/^(?:[ \t]*\r?\n)+/, '');
  return rest === '' ? head.replace(/(\n)[ \t]*\r?\n$/, '$1') : head + rest;
}

function insertLine(text: string, behind: number, written: string): string {
  const at = lineEnd(text, behind);
  const end = lineFeed(text);
  const isOpen = text[at - 1] !== '\n';
  return `${text.slice(0, at)}${isOpen ? end : ''}${written}${isOpen ? '' : end}${text.slice(at)}`;
}

const cut = (text: string, from: number, to: number) => text.slice(0, from) + text.slice(to);
const lineStart = (text: string, at: number) => text.lastIndexOf('\n', at - 1) + 1;
const lineEnd = (text: string, at: number) =>
  text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at) + 1;
const lineFeed = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n');

function valueAt(text: string, path: TomlPath): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    getStaticTOMLValue(parseTOML(text)),
  );
}

function isTable(value: unknown): value is { readonly [key: string]: TomlValue | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

const line = (path: TomlPath, value: TomlValue) => `${dotted(path)} = ${inline(value)}`;
const dotted = (path: TomlPath) =>
  path.map((key) => (/^[\w-]+$/.test(String(key)) ? key : quoted(String(key)))).join('.');

/** On one line. */
function inline(value: TomlValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return numeral(value);
  if (typeof value === 'boolean') return String(value);
  if (!isTable(value)) return `[${value.map(inline).join(', ')}]`;
  const pairs = Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [line([key], one)]));
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** A basic string. The escapes of JSON are TOML's too; JSON leaves DEL as it is, which TOML refuses. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007F');
}

/** Integers of TOML have 64 bits: what may not fit is a float. */
function numeral(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}
