/** What to do about a path that leads to no file: a person chooses among the files that are there. */
import type { Dialect } from '../../schemas/index.js';
import { hintOf } from '../../schemas/spec/dialect.js';
import { ENGINE_CONTROLS } from '../../schemas/spec/engine-controls.js';
import type { SpecPath } from '../../schemas/spec/pydantic.js';
import type { PyNode } from '../../schemas/spec/python-node.js';
import { nodeAt } from './repair.js';
import type { Choice } from './rules/rule.js';

/** @param near files that may be meant, as the spec would write them; the likeliest first. */
export function offersForFile(dialect: Dialect, root: PyNode, path: SpecPath, near: readonly string[]): Choice[] {
  const others = near.map((file) => {
    return { says: `Write ${JSON.stringify(file)}.`, repair: [{ do: 'set', path, value: file } as const] };
  });
  return [...others, ...withoutFile(dialect, root, path)];
}

/** A control whose file is left out is computed from the colour video, where the engine can. */
function withoutFile(dialect: Dialect, root: PyNode, path: SpecPath): Choice[] {
  const [block, key] = path.map(String);
  const hint = hintOf(block ?? '');
  const computes: readonly string[] = ENGINE_CONTROLS[dialect].computes;
  const computed = hint !== undefined && computes.includes(hint);
  if (!computed || key !== 'control_path' || nodeAt(root, path) === undefined) return [];
  const says = `Leave it out: ${block} is then computed from the colour video.`;
  return [{ says, repair: [{ do: 'remove', path }] }];
}
