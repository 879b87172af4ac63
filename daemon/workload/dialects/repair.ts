/** Turns repairs (changes to a spec that need no decision of a person) into edits of its text. */
import type { SpecPath } from '../../../schemas/spec/pydantic.js';
import { readPythonJson } from '../../../schemas/spec/python-json.js';
import type { PyMember, PyNode, PyObject } from '../../../schemas/spec/python-node.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type Repair =
  | { readonly do: 'rename'; readonly path: SpecPath; readonly to: string }
  /** Writes a value; a key that is not there is added to its object. */
  | { readonly do: 'set'; readonly path: SpecPath; readonly value: Json }
  | { readonly do: 'remove'; readonly path: SpecPath };

/** Offsets in UTF-16 units. */
export interface OffsetEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The edits of the text for one repair; none where the path does not exist (any more). */
export function editsOf(text: string, root: PyNode, repair: Repair): OffsetEdit[] {
  const parent = nodeAt(root, repair.path.slice(0, -1));
  const key = repair.path.at(-1);
  if (parent?.kind !== 'object' || typeof key !== 'string') return [];
  const member = parent.last.get(key);
  switch (repair.do) {
    case 'set':
      return [member === undefined ? added(text, parent, key, repair.value) : replaced(member.value, repair.value)];
    case 'rename':
      return member === undefined ? [] : renamed(parent, member, repair.to);
    case 'remove':
      return member === undefined ? [] : [removed(parent, member)];
  }
}

/** The value at a path; undefined where the path does not exist. */
export function nodeAt(root: PyNode, path: SpecPath): PyNode | undefined {
  let node: PyNode | undefined = root;
  for (const step of path) {
    if (node?.kind === 'object' && typeof step === 'string') node = node.last.get(step)?.value;
    else if (node?.kind === 'array' && typeof step === 'number') node = node.items[step];
    else return undefined;
  }
  return node;
}

/** The sample as it would be read after a repair; the places in what is new mean nothing. */
export function repaired(root: PyNode, { path, ...change }: Repair): PyNode {
  const [step, ...deeper] = path;
  if (root.kind !== 'object' || typeof step !== 'string') return root;
  const members = root.members.flatMap((member): PyMember[] => {
    if (member !== root.last.get(step)) return [member];
    if (deeper.length > 0) return [{ ...member, value: repaired(member.value, { ...change, path: deeper }) }];
    if (change.do === 'remove') return [];
    if (change.do === 'rename') return [{ ...member, key: { ...member.key, value: change.to } }];
    return [{ ...member, value: nodeOf(change.value) }];
  });
  if (change.do === 'set' && deeper.length === 0 && !root.last.has(step)) {
    members.push({ key: { ...root, kind: 'string', value: step }, value: nodeOf(change.value) });
  }
  return { ...root, members, last: new Map(members.map((member) => [member.key.value, member])) };
}

function nodeOf(value: Json): PyNode {
  return readPythonJson(JSON.stringify(value));
}

function replaced({ start, end }: PyNode, value: Json): OffsetEdit {
  return { start, end, text: JSON.stringify(value) };
}

/**
 * A key is not renamed to one that exists, because of two members with one name the later would silently count; null
 * counts as free.
 */
function renamed(parent: PyObject, member: PyMember, to: string): OffsetEdit[] {
  const taken = parent.last.get(to);
  if (taken === undefined) return [replaced(member.key, to)];
  return taken.value.kind === 'null' ? [removed(parent, taken), replaced(member.key, to)] : [];
}

/** With the comma that goes with it: the one behind, or before the last member. */
function removed({ members }: PyObject, member: PyMember): OffsetEdit {
  const index = members.indexOf(member);
  const [before, after] = [members[index - 1], members[index + 1]];
  if (after !== undefined) return { start: member.key.start, end: after.key.start, text: '' };
  return { start: before?.value.end ?? member.key.start, end: member.value.end, text: '' };
}

/** Behind the last member, on a line of its own where the members have theirs. */
function added(text: string, { members, start }: PyObject, key: string, value: Json): OffsetEdit {
  const pair = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const last = members.at(-1);
  if (last === undefined) return { start: start + 1, end: start + 1, text: pair };
  const [, lineEnd, indent] = /(\r\n|\n|\r)([ \t]*)$/.exec(text.slice(start, last.key.start)) ?? [];
  const between = lineEnd === undefined ? ' ' : `${lineEnd}${indent}`;
  return { start: last.value.end, end: last.value.end, text: `,${between}${pair}` };
}
