/** Upgrades of an old spec that need more than one of its fields: lists of one spec, and samples without a name. */
import type { Dialect } from '../../../../schemas/index.js';
import { namesOf } from '../../../../schemas/spec/dialect.js';
import { applyEdits, type OffsetEdit } from '../../../../schemas/spec/json-edits.js';
import { stemOf, suffixOf } from '../../../../schemas/spec/paths.js';
import type { PyNode } from '../../../../schemas/spec/python-node.js';
import { editsOf, nodeAt } from '../repair.js';
import { readFile } from '../samples.js';
import { formerField } from '../unknown-keys.js';
import { type FixStep, tookOut } from './fix-step.js';
import { overlap } from './replacements.js';

interface Upgraded {
  readonly text: string;
  readonly changes: readonly FixStep[];
}

/** Specs that were generated as a list of one: neither reader takes a list (config.py:374; common/args.py:1061). */
export function unwrapped(file: string, text: string, engine: Dialect): Upgraded {
  const lone = nodesOf(file, text, engine).flatMap((node, sample) => {
    const [item, ...more] = node.kind === 'array' ? node.items : [];
    return item?.kind === 'object' && more.length === 0 ? [{ node, item, sample }] : [];
  });
  const edits = lone.flatMap(({ node, item }): OffsetEdit[] => [
    { start: node.start, end: item.start, text: '' },
    { start: item.end, end: node.end, text: '' },
  ]);
  const changes = lone.map(({ sample }) => ({ message: 'took the spec out of the list around it', sample, path: [] }));
  return { text: applyEdits(text, edits), changes };
}

/**
 * transfer2.5 requires a name since v1.2; without one, cosmos3 takes the stem of the file (common/args.py:1008-1012).
 */
export function named(file: string, text: string, engine: Dialect): Upgraded {
  if (engine === 'cosmos3') return { text, changes: [] };
  const nodes = nodesOf(file, text, engine);
  const taken = new Set(nodes.map(nameOf));
  const stem = safeName(stemOf(file));
  const edits: OffsetEdit[] = [];
  const changes: FixStep[] = [];
  for (const [sample, node] of nodes.entries()) {
    if (node.kind !== 'object' || (node.last.get('name')?.value.kind ?? 'null') !== 'null') continue;
    const name = free(suffixOf(file) === '.jsonl' ? `${stem}_${sample}` : stem, taken);
    taken.add(name);
    edits.push(...editsOf(text, node, { do: 'set', path: ['name'], value: name }));
    const why = 'Transfer 2.5 needs a name for the output files';
    changes.push({ message: `added name: "${name}"`, why, sample, path: ['name'], after: JSON.stringify(name) });
  }
  return { text: applyEdits(text, edits), changes };
}

/**
 * Former names inside a control whose present name is there as well: that one counts, and the reader drops the other. A
 * former name that stands twice is left, because a person has to choose between the two values.
 */
export function superseded(file: string, text: string, engine: Dialect): Upgraded {
  const edits: OffsetEdit[] = [];
  const changes: FixStep[] = [];
  for (const [sample, node] of nodesOf(file, text, engine).entries()) {
    for (const path of supersededIn(node, engine)) {
      const value = nodeAt(node, path);
      if (value === undefined) continue;
      const before = text.slice(value.start, value.end);
      const why = `${path[0]}.${formerField(engine, [path[0]], path[1])} is what counts`;
      edits.push(...editsOf(text, node, { do: 'remove', path }));
      changes.push({ message: tookOut(path, before), why, sample, path, before });
    }
  }
  return overlap(edits) ? { text, changes: [] } : { text: applyEdits(text, edits), changes };
}

function supersededIn(node: PyNode, engine: Dialect): [block: string, key: string][] {
  return namesOf(engine).blocks.flatMap((block) => {
    const control = nodeAt(node, [block]);
    if (control?.kind !== 'object') return [];
    const known = [...control.last.keys()].filter((key) => {
      const now = formerField(engine, [block], key);
      const times = control.members.filter((member) => member.key.value === key).length;
      return now !== undefined && control.last.has(now) && times === 1;
    });
    return known.map((key): [string, string] => [block, key]);
  });
}

function nodesOf(file: string, text: string, engine: Dialect): readonly PyNode[] {
  const { samples } = readFile(file, text, engine);
  return 'nodes' in samples ? samples.nodes : [];
}

function nameOf(node: PyNode): string | undefined {
  const name = node.kind === 'object' ? node.last.get('name')?.value : undefined;
  return name?.kind === 'string' ? name.value : undefined;
}

/** Nothing that leaves the output folder, hides a file or needs quotes in a shell. */
function safeName(stem: string): string {
  const safe = stem.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^[._-]+|[._]+$/g, '');
  return safe === '' ? 'sample' : safe;
}

function free(wanted: string, taken: ReadonlySet<string | undefined>): string {
  for (let number = 2, name = wanted; ; name = `${wanted}_${number++}`) if (!taken.has(name)) return name;
}
