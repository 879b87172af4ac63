/** Keys that stand more than once in an object: JSON lets them, and the last one counts. */
import type { SpecPath } from '../../../../../schemas/spec/pydantic.js';
import type { PyNode, PyObject } from '../../../../../schemas/spec/python-node.js';
import { commonRule, type Finding } from '../rule.js';

export const duplicateKey = commonRule({
  code: 'duplicate_key',
  severity: 'error',
  says: 'A key stands more than once in an object; only the last one counts.',
  costs: { kind: 'silent change', text: 'The other value is dropped without a word; it shows in the finished video.' },
  source:
    'CPython 3.11 Lib/json/decoder.py (JSONObject), read with json.loads: config.py:354-381; common/args.py:1043-1110',
  check: ({ node }) => within(node, []),
});

/** Objects that a later key of the same name hides are not looked into: nothing in them counts. */
function within(node: PyNode, path: SpecPath): Finding[] {
  if (node.kind === 'array') return node.items.flatMap((item, index) => within(item, [...path, index]));
  if (node.kind !== 'object') return [];
  const inner = [...node.last].flatMap(([key, { value }]) => within(value, [...path, key]));
  return [...repeated(node, path), ...inner];
}

function repeated({ members, last }: PyObject, path: SpecPath): Finding[] {
  if (members.length === last.size) return [];
  return [...last.keys()].flatMap((key) => {
    const values = members.filter((member) => member.key.value === key).map(({ value }) => shown(value));
    return values.length > 1 ? [finding([...path, key], values)] : [];
  });
}

/** Of two equal values one can be removed; between different ones a person has to choose. */
function finding(path: SpecPath, values: readonly string[]): Finding {
  const times = values.length === 2 ? 'twice' : `${values.length} times`;
  const where = `${path.join('.')} stands ${times}`;
  if (new Set(values).size > 1) {
    const message = `${where} with different values; only the last one, ${short(values.at(-1) ?? '')}, counts`;
    return { path, message, fix: 'Keep the one that you mean.' };
  }
  const fix = 'Remove one of them.';
  return { path, severity: 'warning', message: where, fix, repair: [{ do: 'remove', path }] };
}

/** Text that is equal for equal values; unlike plainValue it keeps every digit of an integer. */
function shown(node: PyNode): string {
  switch (node.kind) {
    case 'object':
      return `{${[...node.last].map(([key, { value }]) => `${JSON.stringify(key)}: ${shown(value)}`).join(', ')}}`;
    case 'array':
      return `[${node.items.map(shown).join(', ')}]`;
    case 'string':
      return JSON.stringify(node.value);
    case 'null':
      return 'null';
    case 'other':
      return node.text;
    default:
      return `${node.value}`;
  }
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
