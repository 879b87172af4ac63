/** The text of a spec for the form: its values with their positions, and edits that change nothing else. Pure. */

import * as l10n from '@vscode/l10n';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Dialect } from '../../../schemas/index.js';
import { detectDialect } from '../../../schemas/spec/dialect.js';
import { added, type JsonMember, type OffsetEdit, removed, replaced } from '../../../schemas/spec/json-edits.js';
import type { Broken } from './form.js';

type Path = readonly string[];
/** A new JSON value at a path; undefined removes the key. */
export type ValueChange = { readonly path: Path; readonly value: unknown };

/** A spec whose text is one JSON object, perhaps with comments. */
export class SpecText {
  private constructor(
    readonly text: string,
    private readonly root: Node,
    readonly dialect: Dialect,
  ) {}

  static read(text: string): SpecText | Broken {
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { allowTrailingComma: true });
    const [first] = errors;
    if (first !== undefined) return brokenAt(text, first.offset, sayError(first));
    if (root?.type !== 'object') return brokenAt(text, 0, l10n.t('A spec is one JSON object: { ... }'));
    const twin = twice(root);
    if (twin !== undefined) {
      const sentence = l10n.t('"{0}" is written twice, and only the last one counts: remove one of them.', twin.value);
      return brokenAt(text, twin.offset, sentence);
    }
    return new SpecText(text, root, detectDialect(plainObject(root)));
  }

  /** The value in the text; undefined = left out. */
  get(...path: Path): unknown {
    const node = this.node(path);
    return node === undefined ? undefined : plain(node);
  }

  string(...path: Path): string | undefined {
    const value = this.get(...path);
    return typeof value === 'string' ? value : undefined;
  }

  /** A number. A number in quotes counts too, because NVIDIA's readers accept it. */
  number(...path: Path): number | undefined {
    const value = this.get(...path);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  }

  /** Whether the key has an object as its value. An empty block is a control too. */
  hasBlock(block: string): boolean {
    return this.node([block])?.type === 'object';
  }

  /**
   * Edits of the text that do not overlap. An existing value is replaced. A new key is added at the end of its object,
   * with the indentation of the text.
   */
  edits({ path, value }: ValueChange): OffsetEdit[] {
    const node = this.node(path);
    if (node === undefined) return value === undefined ? [] : [this.addition(path, value)];
    if (value !== undefined) {
      const edit = replaced(spanOf(node), value);
      return this.text.slice(edit.start, edit.end) === edit.text ? [] : [edit];
    }
    const siblings = members(this.parent(path)).map(memberOf);
    const member = siblings.find(({ value: { start } }) => start === node.offset);
    return member === undefined ? [] : [removed(this.text, siblings, member)];
  }

  /** At the end of the innermost object of the path that exists; what is missing of the path is made. */
  private addition(path: Path, value: unknown): OffsetEdit {
    const parent = this.parent(path);
    const [key = '', ...above] = path.toReversed();
    if (parent?.type === 'object') {
      return added(this.text, { start: parent.offset, members: members(parent).map(memberOf) }, key, value);
    }
    const object = { [key]: value };
    return parent === undefined ? this.addition(above.toReversed(), object) : replaced(spanOf(parent), object);
  }

  private parent(path: Path): Node | undefined {
    return this.node(path.slice(0, -1));
  }

  private node(path: Path): Node | undefined {
    return findNodeAtLocation(this.root, [...path]);
  }
}

function sayError({ error }: ParseError): string {
  switch (printParseErrorCode(error)) {
    case 'CommaExpected':
      return l10n.t('a comma is missing');
    case 'CloseBraceExpected':
      return l10n.t('a closing brace is missing');
    case 'CloseBracketExpected':
      return l10n.t('a closing bracket is missing');
    case 'ColonExpected':
      return l10n.t('a colon is missing');
    case 'ValueExpected':
      return l10n.t('a value is missing');
    case 'PropertyNameExpected':
      return l10n.t('a key in double quotes is missing');
    case 'UnexpectedEndOfString':
      return l10n.t('a text has no closing quote');
    case 'EndOfFileExpected':
      return l10n.t('something stands behind the end of the spec');
    default:
      return l10n.t('this cannot be read as JSON');
  }
}

function brokenAt(text: string, offset: number, sentence: string): Broken {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { sentence, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The first key that occurs twice in its object. */
function twice(object: Node): Node | undefined {
  const seen = new Set<string>();
  for (const [key, value] of members(object)) {
    if (seen.has(key.value)) return key;
    seen.add(key.value);
    const inner = value.type === 'object' ? twice(value) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function members({ children = [] }: Pick<Node, 'children'> = {}): [key: Node, value: Node][] {
  return children.flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [[key, value] as [Node, Node]],
  );
}

function plain(node: Node): unknown {
  if (node.type === 'object') return plainObject(node);
  return node.type === 'array' ? (node.children ?? []).map(plain) : node.value;
}

function plainObject(node: Node): Record<string, unknown> {
  return Object.fromEntries(members(node).map(([key, value]) => [key.value, plain(value)]));
}

function spanOf({ offset, length }: Node): JsonMember['key'] {
  return { start: offset, end: offset + length };
}

function memberOf([key, value]: readonly [Node, Node]): JsonMember {
  return { key: spanOf(key), value: spanOf(value) };
}
