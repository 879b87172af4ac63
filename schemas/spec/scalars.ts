/** pydantic's scalar types in lax mode; see pydantic.ts. Probed case by case with pydantic 2.11.10. */
import { isUnicode, type PyType, right, type SpecPath, type Validated, wrong } from './pydantic.js';
import type { PyNode, PyString } from './python-node.js';

/** Bounds of annotated-types: gt excludes its value, ge and le include theirs. */
export interface Bounds {
  readonly gt?: number;
  readonly ge?: number;
  readonly le?: number;
}

/** What Rust's str::trim takes off, which is not quite what JavaScript's does. */
const OUTER_SPACE =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;
/** Leading zeros go with all underscores between them; elsewhere an underscore stands alone between two digits. */
const INTEGER = /^([+-]?)(?:0[0_]*(?=[0-9]))?([0-9]+(?:_[0-9]+)*)(?:\.0+)?$/;
const FLOAT = /^[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|inf|infinity|nan)$/i;
/** More characters than this and pydantic does not try. */
const LONGEST_INTEGER = 4300;
const I64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

export const str: PyType<string> = {
  wanted: 'text in quotes',
  schema: { type: 'string' },
  validate: (node, path) =>
    node.kind === 'string' ? right(node.value) : wrong(node, path, 'string_type', 'text in quotes'),
};

export function int(bounds: Bounds = {}): PyType<number> {
  const wanted = `a whole number${range(bounds)}`;
  return {
    wanted,
    schema: {
      type: ['integer', 'boolean', 'string'],
      ...schemaBounds(bounds),
      pattern: '^\\s*[+-]?[0-9_]+(\\.0+)?\\s*$',
    },
    validate: (node, path) => {
      const read = integerOf(node, path, wanted);
      if (read.value === undefined) return { errors: read.errors };
      return bounded(read.value, Number(read.value), node, path, bounds, wanted);
    },
  };
}

function integerOf(node: PyNode, path: SpecPath, wanted: string): Validated<bigint> {
  switch (node.kind) {
    case 'int':
      return right(node.value);
    case 'bool':
      return right(node.value ? 1n : 0n);
    case 'float':
      return integerOfFloat(node.value, node, path, wanted);
    case 'string':
      return integerOfText(node, path, wanted);
    default:
      return wrong(node, path, 'int_type', wanted);
  }
}

function integerOfFloat(value: number, node: PyNode, path: SpecPath, wanted: string): Validated<bigint> {
  if (!Number.isFinite(value)) return wrong(node, path, 'finite_number', wanted);
  if (!Number.isInteger(value)) return wrong(node, path, 'int_from_float', wanted);
  // Both ends excluded: i64::MIN and i64::MAX as doubles are not taken.
  if (Math.abs(value) >= 2 ** 63) return wrong(node, path, 'int_parsing_size', wanted);
  return right(BigInt(value));
}

function integerOfText(node: PyString, path: SpecPath, wanted: string): Validated<bigint> {
  if (!isUnicode(node.value)) return wrong(node, path, 'string_unicode', wanted);
  const text = node.value.replace(OUTER_SPACE, '');
  if (text.length > LONGEST_INTEGER) return wrong(node, path, 'int_parsing_size', wanted);
  const [all, sign = '', digits = ''] = INTEGER.exec(text) ?? [];
  if (all === undefined) return wrong(node, path, 'int_parsing', wanted);
  const value = BigInt(digits.replaceAll('_', ''));
  return right(sign === '-' ? -value : value);
}

export function float(bounds: Bounds = {}): PyType<number> {
  const wanted = `a number${range(bounds)}`;
  return {
    wanted,
    schema: {
      type: ['number', 'boolean', 'string'],
      ...schemaBounds(bounds),
      pattern: '[0-9]|inf|nan|INF|NAN|Inf|NaN',
    },
    validate: (node, path) => {
      const read = floatOf(node, path, wanted);
      if (read.value === undefined) return { errors: read.errors };
      return bounded(read.value, read.value, node, path, bounds, wanted);
    },
  };
}

function floatOf(node: PyNode, path: SpecPath, wanted: string): Validated<number> {
  switch (node.kind) {
    case 'float':
      return right(node.value);
    case 'bool':
      return right(node.value ? 1 : 0);
    case 'int': {
      const value = Number(node.value); // Python raises OverflowError where JavaScript says Infinity
      return Number.isFinite(value) ? right(value) : wrong(node, path, 'float_type', wanted);
    }
    case 'string':
      return floatOfText(node, path, wanted);
    default:
      return wrong(node, path, 'float_type', wanted);
  }
}

function floatOfText(node: PyString, path: SpecPath, wanted: string): Validated<number> {
  if (!isUnicode(node.value)) return wrong(node, path, 'string_unicode', wanted);
  // Space around it or underscores in it, but not both: pydantic joins the digits of the text as it is written.
  const trimmed = node.value.replace(OUTER_SPACE, '');
  const joined = /_/.test(trimmed) && !/^_|_$|__/.test(node.value) ? node.value.replaceAll('_', '') : trimmed;
  if (!FLOAT.test(joined)) return wrong(node, path, 'float_parsing', wanted);
  if (/nan$/i.test(joined)) return right(Number.NaN);
  return right(Number(joined.replace(/inf(inity)?$/i, 'Infinity')));
}

/** Written so that NaN fails every bound, as it does in pydantic; le is looked at first there. */
function bounded(
  exact: bigint | number,
  value: number,
  node: PyNode,
  path: SpecPath,
  { gt, ge, le }: Bounds,
  wanted: string,
): Validated<number> {
  if (le !== undefined && !(exact <= le)) return wrong(node, path, 'less_than_equal', wanted);
  if (ge !== undefined && !(exact >= ge)) return wrong(node, path, 'greater_than_equal', wanted);
  if (gt !== undefined && !(exact > gt)) return wrong(node, path, 'greater_than', wanted);
  return right(value);
}

function range({ gt, ge, le }: Bounds): string {
  const least = ge ?? (gt === undefined ? undefined : gt + 1);
  if (least !== undefined && le !== undefined) return ` from ${least} to ${le}`;
  if (least !== undefined) return gt === undefined ? ` of at least ${least}` : ` above ${gt}`;
  return le === undefined ? '' : ` of at most ${le}`;
}

function schemaBounds({ gt, ge, le }: Bounds): Record<string, number> {
  return {
    ...(gt === undefined ? {} : { exclusiveMinimum: gt }),
    ...(ge === undefined ? {} : { minimum: ge }),
    ...(le === undefined ? {} : { maximum: le }),
  };
}

const TRUE = ['1', 'on', 't', 'true', 'y', 'yes'];
const FALSE = ['0', 'off', 'f', 'false', 'n', 'no'];

export const bool: PyType<boolean> = {
  wanted: 'true or false',
  schema: {
    anyOf: [
      { type: 'boolean' },
      { enum: [0, 1] },
      { type: 'string', pattern: `^(${[...TRUE, ...FALSE].map(anyCase).join('|')})$` },
    ],
  },
  validate: (node, path) => {
    switch (node.kind) {
      case 'bool':
        return right(node.value);
      case 'int':
      case 'float':
        return booleanOfNumber(node, path);
      case 'string':
        return booleanOfText(node, path);
      default:
        return wrong(node, path, 'bool_type', 'true or false');
    }
  },
};

/** "on" -> "[oO][nN]"; JSON Schema's patterns have no flag for it. */
function anyCase(word: string): string {
  return word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** A fraction or a number beyond 64 bits is no integer to pydantic, hence another complaint than for 2. */
function booleanOfNumber(node: PyNode & { kind: 'int' | 'float' }, path: SpecPath): Validated<boolean> {
  const value = node.value;
  if (Number(value) === 0 || Number(value) === 1) return right(Number(value) === 1);
  const small = typeof value === 'bigint' ? value >= I64.min && value <= I64.max : isSmallInteger(value);
  return wrong(node, path, small ? 'bool_parsing' : 'bool_type', 'true or false');
}

function isSmallInteger(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63;
}

function booleanOfText(node: PyString, path: SpecPath): Validated<boolean> {
  const word = node.value.toLowerCase();
  if (!isUnicode(node.value)) return wrong(node, path, 'string_unicode', 'true or false');
  if (TRUE.includes(word)) return right(true);
  return FALSE.includes(word) ? right(false) : wrong(node, path, 'bool_parsing', 'true or false');
}

/** Literal of whole numbers: whatever equals one of them in Python (1.0 and true equal 1; "1" does not). */
export function literalInt<const T extends number>(...values: readonly T[]): PyType<T> {
  const wanted = `one of ${values.join(', ')}`;
  return {
    wanted,
    schema: {
      enum: [...values, ...(values.includes(0 as T) ? [false] : []), ...(values.includes(1 as T) ? [true] : [])],
    },
    validate: (node, path) => {
      if (node.kind === 'int' && (node.value < I64.min || node.value > I64.max)) {
        return wrong(node, path, 'int_parsing_size', wanted);
      }
      const value =
        node.kind === 'int' || node.kind === 'float' || node.kind === 'bool' ? Number(node.value) : undefined;
      const found = values.find((one) => one === value);
      return found === undefined ? wrong(node, path, 'literal_error', wanted) : right(found);
    },
  };
}

/** Literal or enum of texts, case-sensitive; they differ in the name of the complaint only. */
export function oneOf<const T extends string>(values: readonly T[], type: 'literal_error' | 'enum'): PyType<T> {
  const wanted = `one of ${values.map((value) => `"${value}"`).join(', ')}`;
  return {
    wanted,
    schema: { enum: values },
    validate: (node, path) => {
      if (node.kind === 'string' && !isUnicode(node.value)) return wrong(node, path, 'string_unicode', wanted);
      const found = node.kind === 'string' ? values.find((one) => one === node.value) : undefined;
      return found === undefined ? wrong(node, path, type, wanted) : right(found);
    },
  };
}
