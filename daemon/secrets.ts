/** What is secret in this process, and texts without it. What secrets look like says schemas/redact.ts. */
import type * as z from 'zod';
import { redacted, redactedValue } from '../schemas/redact.js';

export { REMOVED } from '../schemas/redact.js';

const known = new Set<string>();

/** A shorter one is a word or a number that also stands where it is no secret. */
const SHORTEST = 6;

/** From now on the value is left out wherever {@link withoutSecrets} is asked, until the returned function takes it back. */
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
