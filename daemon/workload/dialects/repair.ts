/** Turns repairs (changes to a spec that need no decision of a person) into edits of its text. */
import { added, type OffsetEdit, removed, replaced } from '../../../schemas/spec/json-edits.js';
import type { SpecPath } from '../../../schemas/spec/pydantic.js';
import { readPythonJson } from '../../../schemas/spec/python-json.js';
import type { PyMember, PyNode, PyObject } from '../../../schemas/spec/python-node.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type Repair =
  | { readonly do: 'rename'; readonly path: SpecPath; readonly to: string }
  /** Writes a value; a key that is not there is added to its object. */
  | { readonly do: 'set'; readonly path: SpecPath; readonly value: Json }
  | { readonly do: 'remove'; readonly path: SpecPath };

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
      return member === undefined ? [] : renamed(text, parent, member, repair.to);
    case 'remove':
      return member === undefined ? [] : [removed(text, parent.members, member)];
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

/**
 * A key is not renamed to one that exists, because of two members with one name the later would silently count; null
 * counts as free.
 */
function renamed(text: string, parent: PyObject, member: PyMember, to: string): OffsetEdit[] {
  const taken = parent.last.get(to);
  if (taken === undefined) return [replaced(member.key, to)];
  return taken.value.kind === 'null' ? [removed(text, parent.members, taken), replaced(member.key, to)] : [];
}
