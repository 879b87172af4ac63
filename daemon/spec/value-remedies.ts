/** What to do about a value that NVIDIA's reader refuses: sentences, and repairs where only one thing can be meant. */
import type { Dialect } from '../../schemas/index.js';
import type { PyError } from '../../schemas/spec/pydantic.js';
import { type PyNode, plainValue } from '../../schemas/spec/python-node.js';
import type { Remedy } from './key-remedies.js';
import type { Json } from './repair.js';
import { schemaAt } from './unknown-keys.js';

/** Texts that look like numbers; a number in another text field is a mistake of another kind. */
const NUMBERS_AS_TEXT: readonly unknown[] = ['resolution', 'sigma_max', 'name'];

/** Nothing where a person has to decide and the message has said all there is to say. */
export function remedyOfValue({ type, path, node }: PyError, dialect: Dialect): Remedy {
  if (node.kind === 'null') return leftOut(dialect, path);
  switch (type) {
    case 'string_type':
      return NUMBERS_AS_TEXT.includes(path.at(-1)) ? written(path, textOf(node)) : {};
    case 'literal_error':
    case 'enum':
      return written(path, choiceOf(node, schemaAt(dialect, path).enum));
    case 'int_from_float':
    case 'int_parsing':
      return neighbours(path, node, schemaAt(dialect, path));
    default:
      return {};
  }
}

/** Only what has a default can be left out; where null itself is the default, nobody complains. */
function leftOut(dialect: Dialect, path: PyError['path']): Remedy {
  if (!('default' in schemaAt(dialect, path))) return {};
  return { fix: 'Leave it out, and the default is used.', repair: [{ do: 'remove', path }] };
}

function written(path: PyError['path'], value: Json | undefined): Remedy {
  return value === undefined ? {} : { fix: `Write ${JSON.stringify(value)}.`, repair: [{ do: 'set', path, value }] };
}

function textOf(node: PyNode): string | undefined {
  if (node.kind === 'int') return String(node.value);
  return node.kind === 'float' && Number.isFinite(node.value) ? String(node.value) : undefined;
}

/** The one of the choices that is meant by 720 or "720p", "16:9", "Very Low", "1". */
function choiceOf(node: PyNode, choices: unknown): Json | undefined {
  const typed = node.kind === 'string' ? node.value : textOf(node);
  if (typed === undefined || !Array.isArray(choices)) return undefined;
  const plain = typed.trim().toLowerCase();
  const spellings = [plain, plain.replace(/p$/, ''), plain.replace(/\s*[:x/,]\s*/, ','), plain.replace(/[\s-]+/g, '_')];
  return choices.find(
    (choice) => (typeof choice === 'string' || typeof choice === 'number') && spellings.includes(String(choice)),
  );
}

/** 6.5 lies between two whole numbers, and which of them is better is a question of looks. */
function neighbours(
  path: PyError['path'],
  node: PyNode,
  { minimum, maximum, exclusiveMinimum }: Readonly<Record<string, unknown>>,
): Remedy {
  const value = node.kind === 'string' && node.value.trim() === '' ? Number.NaN : Number(plainValue(node));
  if (!Number.isFinite(value) || Number.isInteger(value)) return {};
  const fits = (one: number) =>
    !(one < Number(minimum ?? -Infinity)) &&
    !(one > Number(maximum ?? Infinity)) &&
    !(one <= Number(exclusiveMinimum ?? -Infinity));
  const near = [Math.floor(value), Math.ceil(value)].filter(fits);
  const [one, other] = near;
  if (one === undefined) return {};
  const offers = near.map((whole) => ({
    says: `Write ${whole}.`,
    repair: [{ do: 'set', path, value: whole } as const],
  }));
  return { fix: other === undefined ? `The nearest it takes is ${one}.` : `Write ${one} or ${other}.`, offers };
}
