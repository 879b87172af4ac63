/** The secrets of this process, and their removal from texts. schemas/redact.ts knows the forms of other secrets. */
import type * as z from 'zod';
import { redacted, redactedValue } from '../schemas/redact.js';

export { REMOVED } from '../schemas/redact.js';

const known = new Set<string>();

/** Shorter values are not removed: such a word or number also occurs where it is not a secret. */
const SHORTEST = 6;

/** {@link withoutSecrets} removes the value from now on, until the returned function is called. */
export function keepSecret(value: string): () => void {
  const isWord = value.length < 10 && /^(?:[a-z]+|\d+)$/.test(value);
  if (value.length < SHORTEST || isWord || known.has(value)) return () => {};
  known.add(value);
  return () => known.delete(value);
}

/** The text as it may be shown, logged and stored. */
export function withoutSecrets(text: string): string {
  return redacted(text, [...known]);
}

/** The same for every text of a JSON value. */
export function withoutSecretsIn<T>(value: T): T {
  return redactedValue(value as z.core.util.JSONType, [...known]) as T; // texts become texts, all else stays
}
