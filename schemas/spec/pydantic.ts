/**
 * Validates values as pydantic 2 does (lax mode, Python input): which values it accepts, what it converts them to, and
 * which error it reports where. Established by running pydantic 2.11.10; names of errors are pydantic's own
 * (docs.pydantic.dev/latest/errors/validation_errors).
 */
import type { PyNode, PyObject } from './python-node.js';

export type SpecPath = readonly (string | number)[];

/** One complaint of NVIDIA's reader. */
export interface PyError {
  readonly path: SpecPath;
  /** pydantic's error type, or the Python exception that ends the reading. */
  readonly type: string;
  /** What the complaint is about; a missing field has the object that lacks it. */
  readonly node: PyNode;
  /**
   * What would be right. For a value, the rest of "must be ...": "a whole number", "one of 0, 1, 2". For a complaint
   * about the spec as a whole or a Python exception, a sentence of its own.
   */
  readonly wanted: string;
  /** What to do, in a sentence or two, where more can be said than the type of the error says. */
  readonly fix?: string;
  /** Fields that do not go together: one of them has to go. */
  readonly either?: readonly string[];
}

/** `value` is what pydantic holds afterwards; undefined when there are errors. */
export interface Validated<T> {
  readonly value?: T;
  readonly errors: readonly PyError[];
}

/** What a named path is on the machine that reads the spec. */
export type Entry = 'file' | 'folder' | 'none' | 'unreadable';

/** The outside world, as a reader meets it. Paths are as the spec writes them, relative to its folder. */
export interface Surroundings {
  /** @param home `expand`: a leading "~" is the home folder; else it is a name like any other. */
  readonly entry: (named: string, home?: 'expand') => Entry;
  /** Content of a text file; null when it cannot be read as UTF-8. */
  readonly text: (named: string) => string | null;
}

/** A Python exception that pydantic does not turn into a complaint of its own: reading ends with it. */
export class PyException extends Error {
  constructor(readonly error: PyError) {
    super(error.type);
  }
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A type of pydantic: its behaviour, and the JSON Schema that lets through all that it accepts. */
export interface PyType<T> {
  validate(node: PyNode, path: SpecPath, around: Surroundings): Validated<T>;
  readonly schema: JsonSchema;
  /** Completes "must be ...". */
  readonly wanted: string;
}

/** Half a surrogate pair cannot leave Python: whatever has to read such a text says `string_unicode`. */
export function isUnicode(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

const NO_ERRORS: readonly PyError[] = [];

export function right<T>(value: T): Validated<T> {
  return { value, errors: NO_ERRORS };
}

export function wrong(node: PyNode, path: SpecPath, type: string, wanted: string): Validated<never> {
  return { errors: [{ path, type, node, wanted }] };
}

/** null is let through before the type is asked. */
export function nullable<T>(type: PyType<T>): PyType<T | null> {
  return {
    wanted: type.wanted,
    schema: orNull(type.schema),
    validate: (node, path, around) => (node.kind === 'null' ? right(null) : type.validate(node, path, around)),
  };
}

/** Flat where possible, so that editors show one type and not a choice. */
export function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: values, anyOf } = schema;
  if (Array.isArray(values)) return { ...schema, enum: [...values, null] };
  if (Array.isArray(anyOf)) return { ...schema, anyOf: [...anyOf, { type: 'null' }] };
  return { ...schema, type: [type, 'null'].flat() };
}

export function list<T>(item: PyType<T>): PyType<readonly T[]> {
  const wanted = 'a list: [ ... ]';
  return {
    wanted,
    schema: { type: 'array', items: item.schema },
    validate: (node, path, around) => {
      if (node.kind !== 'array') return wrong(node, path, 'list_type', wanted);
      return gather(node.items.map((one, index) => item.validate(one, [...path, index], around)));
    },
  };
}

/** Exactly two numbers of one type, as tuple[T, T]. Length is judged first when there are too many. */
export function pair<T>(item: PyType<T>): PyType<readonly [T, T]> {
  const wanted = 'a list of two numbers: [from, to]';
  return {
    wanted,
    schema: { type: 'array', items: item.schema, minItems: 2, maxItems: 2 },
    validate: (node, path, around) => {
      if (node.kind !== 'array') return wrong(node, path, 'tuple_type', wanted);
      if (node.items.length > 2) return wrong(node, path, 'too_long', wanted);
      const [first, second] = [0, 1].map((index): Validated<T> => {
        const one = node.items[index];
        if (one === undefined) return wrong(node, [...path, index], 'missing', wanted);
        return item.validate(one, [...path, index], around);
      });
      if (first?.value !== undefined && second?.value !== undefined) return right([first.value, second.value]);
      return { errors: [first, second].flatMap((one) => one?.errors ?? []) };
    },
  };
}

function gather<T>(outcomes: readonly Validated<T>[]): Validated<readonly T[]> {
  const errors = outcomes.flatMap((one) => one.errors);
  if (errors.length > 0) return { errors };
  return right(outcomes.flatMap(({ value }) => (value === undefined ? [] : [value])));
}

/** Any JSON object, unread. */
export const dict: PyType<PyObject> = {
  wanted: 'an object: { ... }',
  schema: { type: 'object' },
  validate: (node, path) =>
    node.kind === 'object' ? right(node) : wrong(node, path, 'dict_type', 'an object: { ... }'),
};
