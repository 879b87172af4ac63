/** The position of the cursor in a spec: the sample, the path, and whether a key or a value is being written. */
import { findNodeAtLocation, getLocation, getNodeValue, type Node, parseTree } from 'jsonc-parser';
import type { Dialect } from '../../../schemas/index.js';
import { detectDialect, isObject } from '../../../schemas/spec/dialect.js';

export interface Cursor {
  readonly dialect: Dialect;
  /** Keys from the root of the sample; the last is the member at the cursor. */
  readonly path: readonly string[];
  readonly isKey: boolean;
  /** The other keys of the object at the cursor. */
  readonly taken: readonly string[];
  /** The key or value at the cursor, as offsets into the whole text; undefined if there is no text yet. */
  readonly token: { readonly start: number; readonly end: number; readonly text: string } | undefined;
}

/**
 * @param lines the text has one sample per line (.jsonl).
 * @returns undefined outside of objects and in arrays.
 */
export function cursorAt(text: string, offset: number, lines: boolean): Cursor | undefined {
  const start = lines ? text.lastIndexOf('\n', offset - 1) + 1 : 0;
  const end = lines ? endOfLine(text, offset) : text.length;
  const sample = text.slice(start, end);
  const { path, isAtPropertyKey, previousNode } = getLocation(sample, offset - start);
  if (path.length === 0 || path.some((step) => typeof step !== 'string')) return undefined;
  const tree = parseTree(sample, [], { allowTrailingComma: true });
  const spec: unknown = tree === undefined ? {} : getNodeValue(tree);
  const keys = path.map(String);
  return {
    dialect: detectDialect(isObject(spec) ? spec : {}),
    path: keys,
    isKey: isAtPropertyKey,
    taken: keysAround(tree, keys).filter((key) => key !== keys.at(-1)),
    token: tokenOf(previousNode, sample, start),
  };
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function keysAround(tree: Node | undefined, path: readonly string[]): string[] {
  const around = tree === undefined ? undefined : findNodeAtLocation(tree, path.slice(0, -1));
  return (around?.children ?? []).flatMap((member) => String(member.children?.[0]?.value ?? ''));
}

function tokenOf(node: Node | undefined, text: string, shift: number): Cursor['token'] {
  if (node === undefined || node.type === 'object' || node.type === 'array') return undefined;
  const { offset, length } = node;
  return { start: shift + offset, end: shift + offset + length, text: text.slice(offset, offset + length) };
}
