/** Says what to do about a key that is no field: a sentence, and a repair where no person has to decide. */
import { distance } from 'fastest-levenshtein';
import type { Dialect } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import { namesOf } from '../../../schemas/spec/dialect.js';
import type { SpecPath } from '../../../schemas/spec/pydantic.js';
import { type PyNode, type PyObject, plainValue } from '../../../schemas/spec/python-node.js';
import { nodeAt, type Repair } from './repair.js';
import type { Finding, Offer } from './rules/rule.js';
import { formerField, isOfOther, meantField, takes } from './unknown-keys.js';

export type Remedy = Pick<Finding, 'fix' | 'repair' | 'offers'>;

/** `since` goes on where "there is no such key" ends: what became of it. */
export type KeyRemedy = Remedy & { readonly since?: string };

/** Keys of v1.0 and v1.1 that became options (config.py:213-305; cosmos-framework's are named otherwise). */
const OPTIONS: Readonly<Record<Dialect, Readonly<Record<string, string>>>> = {
  'transfer2.5': { output_dir: '--output-dir', disable_guardrails: '--disable-guardrails' },
  cosmos3: { disable_guardrails: '--no-guardrails' },
};

/**
 * Most letters in which a key may differ from a field and still be repaired without asking, if the word is long enough.
 */
const SLIPS = 2;
const SHORTEST = 5;

/** @param path of a key that is no field, in the sample `root`. */
export function remedyOfKey(dialect: Dialect, root: PyNode, path: SpecPath): KeyRemedy {
  const remedy = ownRemedy(dialect, root, path);
  const removes = remedy.repair?.some((one) => one.do === 'remove') ?? false;
  if (removes || nodeAt(root, path) === undefined) return remedy;
  const remove: Offer = { says: `Remove "${path.at(-1)}".`, repair: [{ do: 'remove', path }] };
  return { ...remedy, offers: [...(remedy.offers ?? []), remove] };
}

function ownRemedy(dialect: Dialect, root: PyNode, path: SpecPath): KeyRemedy {
  const key = String(path.at(-1));
  const parent = nodeAt(root, path.slice(0, -1));
  const value = nodeAt(root, path);
  if (parent?.kind !== 'object' || value === undefined) return { fix: 'Remove it.' };
  const option = path.length === 1 && Object.hasOwn(OPTIONS[dialect], key) ? OPTIONS[dialect][key] : undefined;
  if (option !== undefined) {
    const since = `it is given on the command line now, as ${option}`;
    return { since, fix: 'Remove it.', repair: [{ do: 'remove', path }] };
  }
  if (path.length === 1 && dialect === 'transfer2.5' && key === 'not_keep_input_resolution') {
    return inverted(parent, path, value);
  }
  if (path.length === 1 && ['control_weight', 'weight'].includes(key)) return spread(dialect, parent, path, value);
  return renamed(dialect, parent, path, value);
}

/** v1.3.1 turned the switch around. */
function inverted(parent: PyObject, path: SpecPath, value: PyNode): KeyRemedy {
  const to = 'keep_input_resolution';
  if (parent.last.has(to)) return takenAlready(path, to);
  const since = `it is "${to}" now and means the opposite`;
  if (value.kind !== 'bool') return { since, fix: `Write "${to}" with true or false.` };
  const fix = `Write "${to}": ${!value.value}.`;
  return {
    since,
    fix,
    repair: [
      { do: 'rename', path, to },
      { do: 'set', path, value: !value.value },
    ],
  };
}

/** v1.0 had one weight for all controls. */
function spread(dialect: Dialect, root: PyObject, path: SpecPath, value: PyNode): KeyRemedy {
  const { weight, blocks } = namesOf(dialect);
  const said = { since: 'each control has its own', fix: `Write "${weight}" into each control.` };
  const number = plainValue(value);
  const isControl = (key: string) => blocks.includes(formerField(dialect, [], key) ?? key);
  const controls = [...root.last].filter(([key, member]) => isControl(key) && member.value.kind === 'object');
  if (typeof number !== 'number' || !Number.isFinite(number) || controls.length === 0) return said;
  const without = controls.map(([key]) => key).filter((block) => !hasWeight(root, block));
  const sets = without.map((block): Repair => ({ do: 'set', path: [block, weight], value: number }));
  return { ...said, repair: [{ do: 'remove', path }, ...sets] };
}

function hasWeight(root: PyObject, block: string): boolean {
  return ['control_weight', 'weight'].some((name) => nodeAt(root, [block, name]) !== undefined);
}

function renamed(dialect: Dialect, parent: PyObject, path: SpecPath, value: PyNode): KeyRemedy {
  const key = String(path.at(-1));
  const around = path.slice(0, -1);
  const meant = meantField(dialect, around, key, value);
  if (meant === undefined)
    return { fix: isOfOther(dialect, around, key) ? otherEngine(dialect) : strange(dialect, around) };
  const fix = `Did you mean "${meant}"?`;
  const rename: Repair = { do: 'rename', path, to: meant };
  const known = formerField(dialect, around, key) !== undefined;
  const taken = parent.last.get(meant)?.value;
  if (taken !== undefined && taken.kind !== 'null') return known ? takenAlready(path, meant) : { fix };
  if (known || isSlip(dialect, [...around, meant], key, value)) return { fix, repair: [rename] };
  return { fix, offers: [{ says: `Write "${meant}".`, repair: [rename] }] };
}

function otherEngine(dialect: Dialect): string {
  return `Remove it: only ${modelTitle(dialect === 'cosmos3' ? 'transfer2.5' : 'cosmos3')} knows it.`;
}

function strange(dialect: Dialect, around: SpecPath): string {
  const isKept = dialect === 'cosmos3' && around.length === 0;
  return isKept ? 'Remove it, or move it into "extra", where data of your own may stand.' : 'Remove it.';
}

function takenAlready(path: SpecPath, name: string): KeyRemedy {
  return {
    since: `it is called "${name}", which is there as well`,
    fix: 'Remove it; the other one counts.',
    repair: [{ do: 'remove', path }],
  };
}

/** A letter or two beside a field that would take this very value. */
function isSlip(dialect: Dialect, path: SpecPath, key: string, value: PyNode): boolean {
  const meant = String(path.at(-1));
  const slips = distance(key.toLowerCase(), meant);
  return slips === 0 || (slips <= SLIPS && meant.length >= SHORTEST && takes(dialect, path, value));
}
