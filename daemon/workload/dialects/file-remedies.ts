/** Says what is wrong with a path that leads to no file, and offers the files that are there. */
import type { Dialect } from '../../../schemas/index.js';
import { hintOf } from '../../../schemas/spec/dialect.js';
import { ENGINE_CONTROLS } from '../../../schemas/spec/engine-controls.js';
import type { PyError, SpecPath } from '../../../schemas/spec/pydantic.js';
import type { PyNode } from '../../../schemas/spec/python-node.js';
import { nodeAt } from './repair.js';
import type { Finding, Offer, SpecFacts } from './rules/rule.js';
import { shownValue } from './shown-value.js';

/** @param at the field; the path of the finding is that of the complaint. */
export function fileFinding(
  { node, type }: PyError,
  at: SpecPath,
  dialect: Dialect,
  root: PyNode,
  facts: Partial<Pick<SpecFacts, 'near' | 'textProblem' | 'entry'>>,
): Omit<Finding, 'path'> {
  const named = node.kind === 'string' ? node.value : '';
  const field = at.join('.');
  const problem = at[0] === 'prompt_path' ? facts.textProblem?.(named) : undefined;
  if (problem !== undefined)
    return { message: `${field} names ${shownValue(node)}, and that is no prompt: ${problem}` };
  const near = facts.near?.(named, at) ?? [];
  const offers = offersForFile(dialect, root, at, near);
  const head = { message: `${field} ${what(named, shownValue(node), type, facts)}`, fix: fixOf(named, near) };
  return offers.length === 0 ? head : { ...head, offers };
}

function what(named: string, said: string, type: string, { entry }: Partial<Pick<SpecFacts, 'entry'>>): string {
  if (named === '') return 'is empty: it names no file';
  if (isAddress(named)) return `is an address, and NVIDIA's code fetches nothing for this field`;
  if (type === 'OSError')
    return `names ${said}, which cannot be looked at: its name is too long, or its folder is closed`;
  const isFolder = type === 'IsADirectoryError' || entry?.(named) === 'folder';
  return isFolder ? `names ${said}, which is a folder and not a file` : `names ${said}, and there is no such file`;
}

/** The likeliest reason only: a list of everything that may be wrong with a path would not be read. */
function fixOf(named: string, [likely]: readonly string[]): string {
  if (isAddress(named)) return 'Download the file and name it here.';
  if (likely !== undefined) {
    const isOfCase = likely.toLowerCase() === named.toLowerCase();
    return `Did you mean ${JSON.stringify(likely)}?${isOfCase ? ' Capital and small letters count.' : ''}`;
  }
  if (named.startsWith('~')) return 'Write the whole path: "~" does not stand for the home folder here.';
  if (named.includes('\\')) return 'Write "/" between folders: the models run on Linux.';
  if (named.startsWith('/')) return 'Look whether the file is there, or name it from the folder of the spec.';
  return 'Name it from the folder of the spec; capital and small letters count.';
}

function isAddress(named: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(named);
}

/** @param near files that may be meant, as the spec would write them; the likeliest first. */
function offersForFile(dialect: Dialect, root: PyNode, path: SpecPath, near: readonly string[]): Offer[] {
  const others = near.map((file) => {
    return { says: `Write ${JSON.stringify(file)}.`, repair: [{ do: 'set', path, value: file } as const] };
  });
  return [...others, ...withoutFile(dialect, root, path)];
}

/** A control whose file is left out is computed from the colour video, where the engine can. */
function withoutFile(dialect: Dialect, root: PyNode, path: SpecPath): Offer[] {
  const [block, key] = path.map(String);
  const hint = hintOf(block ?? '');
  const computes: readonly string[] = ENGINE_CONTROLS[dialect].computes;
  const computed = hint !== undefined && computes.includes(hint);
  if (!computed || key !== 'control_path' || nodeAt(root, path) === undefined) return [];
  const says = `Leave it out: ${block} is then computed from the colour video.`;
  return [{ says, repair: [{ do: 'remove', path }] }];
}
