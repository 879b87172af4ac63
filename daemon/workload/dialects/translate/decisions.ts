/** A table with one decision for each field of a dialect, and the walk over a written object that applies it. */
import type { PyObject } from '../../../../schemas/spec/python-node.js';
import type { Json } from '../repair.js';
import type { Draft, Written } from './spec-draft.js';

/** What becomes of a field that is written and not null. */
export type Decision<T> = (written: Written<T>, draft: Draft) => void;

/** The compiler asks for every field of the dialect: a new one cannot be lost by being forgotten. */
export type Decisions<S> = { readonly [K in keyof S]: Decision<NonNullable<S[K]>> };

/** Where an object stands in the source, and where its fields go in the result. */
export interface ObjectPaths {
  readonly at: readonly string[];
  readonly to: readonly string[];
}
const TOP: ObjectPaths = { at: [], to: [] };

/**
 * Applies the table to the keys of an object in the order of the table. A key that NVIDIA's reader passes over, or one
 * that stands there twice, is accounted for too. null is the same as absent to both readers.
 */
export function decide<S extends object>(
  node: PyObject,
  spec: S,
  table: Decisions<S>,
  draft: Draft,
  place: ObjectPaths = TOP,
): void {
  // Object.keys cannot tell that a table has the keys of its dialect and no others.
  for (const key of Object.keys(table) as (keyof S & string)[]) decideField(node, spec, table, key, draft, place);
  for (const { key, value } of node.members) {
    const path = [...place.at, key.value];
    if (node.last.get(key.value)?.value !== value) {
      draft.drop({ path, node: value }, 'this key stands there twice, and only the last one counts');
    } else if (!Object.hasOwn(table, key.value) && value.kind !== 'null') {
      draft.drop({ path, node: value }, 'this is no field: the engine passed over it before, too');
    }
  }
}

function decideField<S extends object, K extends keyof S & string>(
  node: PyObject,
  spec: S,
  table: Decisions<S>,
  key: K,
  draft: Draft,
  { at, to }: ObjectPaths,
): void {
  const member = node.last.get(key)?.value;
  const value = spec[key];
  if (member === undefined || member.kind === 'null' || value === null || value === undefined) return;
  table[key]({ path: [...at, key], node: member, value, to: [...to, key] }, draft);
}

/** Stands in the result as it is, under `to` or else its own name. */
export function carried<T extends Json>(to?: string): Decision<T> {
  return (written, draft) => {
    carry(written, to === undefined ? written.to : [...written.to.slice(0, -1), to], draft);
  };
}

/** Writes a value into the result. An integer that JSON cannot hold exactly is reported and not rounded. */
export function carry<T extends Json>(written: Written<T>, to: readonly string[], draft: Draft): void {
  if (typeof written.value === 'number' && !isExact(written)) {
    draft.drop(written, 'the number is too large to be written exactly', 'Use one of at most 15 digits.');
    return;
  }
  draft.set(to, written.value);
}

function isExact({ value, node }: Written<unknown>): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return node.kind === 'float' || !Number.isInteger(value) || Number.isSafeInteger(value);
}

export function dropped(message: string, fix?: string): Decision<unknown> {
  return (written, draft) => draft.drop(written, message, fix);
}
