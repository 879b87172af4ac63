/** Names that only a newer version knows: how a client has them, and gives them back; how they are shown: shown-text.ts. */
import type { Open } from './open.js';

export type { UnknownName } from './open.js';

/** What the daemon told, for a call: it knows the names in it, and refuses with a sentence what it does not take. */
export function givenBack<T>(told: Open<T>): T {
  return told as T;
}

/** What a table has for a name; undefined for a name that this version does not know. */
export function entryOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
