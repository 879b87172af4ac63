/** Finds what an edit changed in a sample, by comparing the values before and after, so that no loss is overlooked. */
import type { SpecPath } from '../../../../schemas/spec/pydantic.js';
import type { PyNode, PyObject } from '../../../../schemas/spec/python-node.js';
import { brief, type FixStep, tookOut } from './fix-step.js';

/** A sample and the text that it stands in. */
export interface Side {
  readonly text: string;
  readonly node: PyNode;
}

/** Differences of two samples, in the order of the first. */
export function differences(before: Side, after: Side, path: SpecPath = []): FixStep[] {
  const [was, is] = [written(before), written(after)];
  if (was === is) return [];
  if (before.node.kind === 'object' && after.node.kind === 'object') {
    return ofMembers({ ...before, node: before.node }, { ...after, node: after.node }, path);
  }
  return [{ path, message: `${named(path)} is ${brief(is)} now, not ${brief(was)}`, before: was, after: is }];
}

type ObjectSide = Side & { readonly node: PyObject };

function ofMembers(before: ObjectSide, after: ObjectSide, path: SpecPath): FixStep[] {
  const added = valuesOf(after).filter(([key]) => !before.node.last.has(key));
  const changes = valuesOf(before).flatMap(([key, value]) => {
    const kept = after.node.last.get(key);
    const at = [...path, key];
    if (kept !== undefined) {
      const inside = differences({ ...before, node: value }, { ...after, node: kept.value }, at);
      const twice = inside.length === 0 && times(before, key) > times(after, key);
      return twice ? [{ path: at, message: `${named(at)} stands there once less, with the same value` }] : inside;
    }
    const was = written({ ...before, node: value });
    const twin = added.findIndex(([, other]) => written({ ...after, node: other }) === was);
    const [renamed] = twin < 0 ? [] : added.splice(twin, 1);
    if (renamed === undefined) return [{ path: at, message: tookOut(at, was), before: was }];
    const to = named([...path, renamed[0]]);
    return [{ path: at, message: `${named(at)} is called ${to} now`, before: `"${key}"`, after: `"${renamed[0]}"` }];
  });
  return [...changes, ...added.map(([key, value]) => addition([...path, key], written({ ...after, node: value })))];
}

function addition(path: SpecPath, is: string): FixStep {
  return { path, message: `added ${named(path)}: ${brief(is)}`, after: is };
}

/** Of members that repeat a key, only the last one counts. */
function times({ node }: ObjectSide, key: string): number {
  return node.members.filter((member) => member.key.value === key).length;
}

function valuesOf({ node }: ObjectSide): [string, PyNode][] {
  return [...node.last].map(([key, { value }]) => [key, value]);
}

function written({ text, node }: Side): string {
  return text.slice(node.start, node.end);
}

function named(path: SpecPath): string {
  return path.length === 0 ? 'the spec' : path.join('.');
}
