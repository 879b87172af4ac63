/**
 * Says what to do about a value that NVIDIA's reader refuses: a sentence, and a repair where only one value can be
 * meant.
 */
import type { Dialect } from '../../../schemas/index.js';
import { hintOf, namesOf } from '../../../schemas/spec/dialect.js';
import { ENGINE_CONTROLS } from '../../../schemas/spec/engine-controls.js';
import type { JsonSchema, PyError, SpecPath } from '../../../schemas/spec/pydantic.js';
import { type PyNode, plainValue } from '../../../schemas/spec/python-node.js';
import { nearest } from '../../near.js';
import type { Remedy } from './key-remedies.js';
import type { Json } from './repair.js';
import type { Offer } from './rules/rule.js';
import { schemaAt } from './unknown-keys.js';

/** Texts that look like numbers; a number in another text field is a mistake of another kind. */
const NUMBERS_AS_TEXT: readonly unknown[] = ['resolution', 'sigma_max', 'name'];
/** A weight above this was meant as a percentage; a smaller one may be a typing mistake. */
const LEAST_PERCENT = 2;

/** Every complaint gets a sentence; a repair only where no person has to decide. */
export function remedyOfValue({ type, path, node, wanted }: PyError, dialect: Dialect): Remedy {
  if (node.kind === 'null') return leftOut(dialect, path, wanted);
  const schema = schemaAt(dialect, path);
  switch (type) {
    case 'string_type':
    case 'path_type':
      return text(path, node);
    case 'literal_error':
    case 'enum':
      return choice(path, node, schema);
    case 'int_from_float':
    case 'int_parsing':
    case 'int_type':
    case 'float_parsing':
    case 'float_type':
    case 'finite_number':
      return number(path, node, schema, wanted);
    case 'less_than_equal':
    case 'greater_than_equal':
    case 'greater_than':
      return end(path, node, schema);
    case 'bool_type':
    case 'bool_parsing':
      return { fix: 'Write true or false, without quotes.' };
    case 'model_type':
      return block(path, node, dialect);
    case 'list_type':
      return offered(
        path,
        'Put it between "[" and "]".',
        simple(node).map((one) => [one]),
      );
    default:
      return { fix: `Write ${wanted}.` };
  }
}

/** Only a field with a default can be left out; where null is the default, null is no error. */
function leftOut(dialect: Dialect, path: SpecPath, wanted: string): Remedy {
  if (!('default' in schemaAt(dialect, path))) return { fix: `Write ${wanted}.` };
  return { fix: 'Leave it out, and the default is used.', repair: [{ do: 'remove', path }] };
}

function written(path: SpecPath, value: Json): Remedy {
  return { fix: `Write ${JSON.stringify(value)}.`, repair: [{ do: 'set', path, value }] };
}

/** A sentence, and values that are offered to the person. */
function offered(path: SpecPath, fix: string, values: readonly Json[]): Remedy {
  const offers = values.map((value): Offer => {
    return { says: `Write ${JSON.stringify(value)}.`, repair: [{ do: 'set', path, value }] };
  });
  return offers.length === 0 ? { fix } : { fix, offers };
}

function text(path: SpecPath, node: PyNode): Remedy {
  const typed = numberText(node);
  if (typed !== undefined && NUMBERS_AS_TEXT.includes(path.at(-1))) return written(path, typed);
  const [only] = node.kind === 'array' && node.items.length === 1 ? node.items : [];
  const meant = only?.kind === 'string' ? only.value : typed;
  return offered(path, 'Write it between double quotes: "...".', meant === undefined ? [] : [meant]);
}

function numberText(node: PyNode): string | undefined {
  if (node.kind === 'int') return String(node.value);
  return node.kind === 'float' && Number.isFinite(node.value) ? String(node.value) : undefined;
}

/** The one of the choices that is meant by 720 or "720p", "16:9", "Very Low", "1"; else those that are spelled alike. */
function choice(path: SpecPath, node: PyNode, { enum: choices, default: fallback }: JsonSchema): Remedy {
  const known = Array.isArray(choices) ? choices.filter((one) => ['string', 'number'].includes(typeof one)) : [];
  const typed = node.kind === 'string' ? node.value : numberText(node);
  const plain = typed?.trim().toLowerCase() ?? '';
  const spellings = [plain, plain.replace(/p$/, ''), plain.replace(/\s*[:x/,]\s*/, ','), plain.replace(/[\s-]+/g, '_')];
  const same: Json | undefined = known.find((one) => spellings.includes(String(one)));
  if (same !== undefined) return written(path, same);
  const near = !/[a-z]/.test(plain)
    ? []
    : nearest(
        plain,
        known.filter((one) => typeof one === 'string'),
      );
  if (near[0] !== undefined) return offered(path, `Did you mean ${JSON.stringify(near[0])}?`, near);
  if (fallback === undefined) return { fix: 'Write one of them, or leave it out.' };
  return { fix: `Write one of them, or leave it out: it is ${JSON.stringify(fallback)} then.` };
}

/** "0,5", "50%", [0.5]; 6.5 lies between two whole numbers, and which of them is better is a question of looks. */
function number(path: SpecPath, node: PyNode, schema: JsonSchema, wanted: string): Remedy {
  const value = meantNumber(node, schema);
  const isWhole = wanted.includes('whole');
  const fix = `Write ${isWhole ? 'a whole number, such as 1' : 'a number, such as 0.5'}, without quotes or brackets.`;
  if (value === undefined) return { fix };
  const near = isWhole ? [...new Set([Math.floor(value), Math.ceil(value)])] : [value];
  const [one, other] = near.filter((candidate) => fits(candidate, schema));
  if (one === undefined) return end(path, node, schema);
  if (other !== undefined) return offered(path, `Write ${one} or ${other}.`, [one, other]);
  return offered(path, near.length > 1 ? `The nearest it takes is ${one}.` : `Write ${one}.`, [one]);
}

/** undefined where no number can be read out of it. */
function meantNumber(node: PyNode, { maximum }: JsonSchema): number | undefined {
  const [only] = simple(node);
  if (typeof only === 'number') return only;
  const [, digits, percent] = /^\s*([+-]?\d*[.,]?\d+)\s*(%?)\s*$/.exec(typeof only === 'string' ? only : '') ?? [];
  if (digits === undefined) return undefined;
  return Number(digits.replace(',', '.')) / (percent === '%' && maximum === 1 ? 100 : 1);
}

/** The number or text that a value is, or the only one of a list; none otherwise. */
function simple(node: PyNode): (number | string)[] {
  const [only] = node.kind === 'array' && node.items.length === 1 ? node.items : [node];
  const value = only === undefined ? undefined : plainValue(only);
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) ? [value] : [];
}

function fits(value: number, { minimum, maximum, exclusiveMinimum }: JsonSchema): boolean {
  return (
    !(value < Number(minimum ?? -Infinity)) &&
    !(value > Number(maximum ?? Infinity)) &&
    !(value <= Number(exclusiveMinimum ?? -Infinity))
  );
}

/** The end of the range that a number is beyond. */
function end(path: SpecPath, node: PyNode, schema: JsonSchema): Remedy {
  const { minimum, maximum, exclusiveMinimum } = schema;
  const value = Number(plainValue(node));
  const least = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : minimum;
  if (typeof maximum === 'number' && value > maximum) {
    const share = value / 100;
    const isPercent = maximum === 1 && value >= LEAST_PERCENT && share <= 1;
    if (isPercent) return offered(path, `Write ${share} for ${value} %, or 1, the most it takes.`, [share, 1]);
    return offered(path, `Write ${maximum}, the most it takes, or less.`, [maximum]);
  }
  if (typeof least !== 'number') return {};
  return offered(path, `Write ${least}, the least it takes, or more.`, [least]);
}

/** A control of which only the file or the weight was written, or that it is wanted at all. */
function block(path: SpecPath, node: PyNode, dialect: Dialect): Remedy {
  const [key = ''] = path.map(String);
  const [only] = simple(node);
  if (typeof only === 'string' && only !== '') {
    return offered(path, `Write ${key} as an object: { "control_path": ... }.`, [{ control_path: only }]);
  }
  const { weight } = namesOf(dialect);
  const fix = `Write ${key} as an object: { "control_path": "...", "${weight}": 1 }.`;
  if (typeof only === 'number') return offered(path, fix, [{ [weight]: only }]);
  return offered(path, fix, node.kind === 'bool' && node.value && isComputed(dialect, key) ? [{}] : []);
}

function isComputed(dialect: Dialect, block: string): boolean {
  const computes: readonly string[] = ENGINE_CONTROLS[dialect].computes;
  return computes.includes(hintOf(block) ?? '');
}
