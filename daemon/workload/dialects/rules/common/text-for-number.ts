/** Numbers and switches written as text, which NVIDIA's reader converts to the number or switch. */
import type { SpecPath } from '../../../../../schemas/spec/pydantic.js';
import type { PyNode } from '../../../../../schemas/spec/python-node.js';
import { commonRule, type Finding } from '../rule.js';

const WORDS = new Map([
  ...['1', 'on', 't', 'true', 'y', 'yes'].map((word) => [word, true] as const),
  ...['0', 'off', 'f', 'false', 'n', 'no'].map((word) => [word, false] as const),
]);

export const textForNumber = commonRule({
  code: 'text_for_number',
  severity: 'info',
  says: 'A number, or true or false, is written as text in quotes.',
  costs: {
    kind: 'silent change',
    text: 'Nothing today: the reader converts it. Other programs that read the spec may not.',
  },
  source: 'pydantic 2.11.10 conversion table, lax mode; config.py:311-592; common/args.py:299-300',
  check: ({ node, spec }) => converted(node, spec, []),
});

/** @param held what the reader made of the node; another kind of value than the text is one it converted. */
function converted(node: PyNode, held: unknown, path: SpecPath): Finding[] {
  if (node === held) return []; // passed on unread
  switch (node.kind) {
    case 'string':
      return isConverted(node.value, held) ? [finding(path, node.value, held)] : [];
    case 'object':
      return [...node.last].flatMap(([key, { value }]) => converted(value, partOf(held, key), [...path, key]));
    case 'array':
      return node.items.flatMap((item, index) => converted(item, partOf(held, index), [...path, index]));
    default:
      return [];
  }
}

/** A default that holds because the text was refused is not what the text says. */
function isConverted(text: string, held: unknown): held is number | boolean {
  if (typeof held === 'boolean') return WORDS.get(text.toLowerCase()) === held;
  return typeof held === 'number' && Number(text.replaceAll('_', '')) === held;
}

function finding(path: SpecPath, text: string, held: number | boolean): Finding {
  const kind = typeof held === 'number' ? 'a number' : `a switch`;
  const message = `${path.join('.')} is ${kind}, but "${text}" is text; it is taken as ${held}`;
  const fix = `Write ${held}, without quotes.`;
  // An integer beyond these is not the one of the text; entries of a list cannot be set one by one.
  const exact = typeof held === 'boolean' || !Number.isInteger(held) || Number.isSafeInteger(held);
  const settable = exact && typeof path.at(-1) === 'string';
  return { path, message, fix, ...(settable ? { repair: [{ do: 'set', path, value: held }] } : {}) };
}

function partOf(held: unknown, key: string | number): unknown {
  return typeof held === 'object' && held !== null ? Reflect.get(held, key) : undefined;
}
