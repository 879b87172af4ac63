/** Spec text -> object with positions. As strict as Python's json: no comments, no trailing commas, no BOM. */
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { isObject, type SpecObject } from './dialect.js';

export type SpecPath = readonly (string | number)[];

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units as editors count. */
  readonly column: number;
}

export interface SpecText {
  readonly text: string;
  readonly tree: Node | undefined;
  /** null = the text is not one JSON object; `problems` says why. */
  readonly object: SpecObject | null;
  readonly problems: readonly { readonly at: Position; readonly message: string }[];
}

export function parseSpecText(text: string): SpecText {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const problems = errors.map(({ error, offset }) => ({
    at: positionOf(text, offset),
    message: describe(printParseErrorCode(error), text, offset),
  }));
  if (problems.length > 0) return { text, tree, object: null, problems };
  const value = parsed(text);
  if (isObject(value)) return { text, tree, object: value, problems: [] };
  const message = 'a spec is one JSON object: { ... }';
  return { text, tree, object: null, problems: [{ at: { line: 1, column: 1 }, message }] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // an empty file: jsonc-parser has no complaint about it; the caller reports "no object"
  }
}

function describe(code: string, text: string, offset: number): string {
  switch (code) {
    case 'InvalidCommentToken':
      return 'JSON has no comments; Python stops here';
    case 'PropertyNameExpected':
    case 'ValueExpected':
      return /^\s*[}\]]/.test(text.slice(offset)) ? 'there is a comma too many before this' : words(code);
    default:
      return text.charCodeAt(offset) === 0xfeff
        ? 'the file begins with a byte order mark; save it as plain UTF-8'
        : words(code);
  }
}

/** "CommaExpected" -> "comma expected" */
function words(code: string): string {
  return `this is not JSON: ${code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}`;
}

/** Where a value stands; a path that is not there is reported at its nearest parent. */
export function locate({ tree, text }: SpecText, path: SpecPath): Position {
  for (let length = path.length; length > 0 && tree !== undefined; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node !== undefined) return positionOf(text, node.offset);
  }
  return { line: 1, column: 1 };
}

/** Where a key stands, for complaints about the key itself. */
export function locateKey(spec: SpecText, path: SpecPath): Position {
  const value = spec.tree === undefined ? undefined : findNodeAtLocation(spec.tree, [...path]);
  const key = value?.parent?.type === 'property' ? value.parent.children?.[0] : undefined;
  return key === undefined ? locate(spec, path) : positionOf(spec.text, key.offset);
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
