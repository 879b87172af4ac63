/** Finds out whether a JSON value holds something that looks like a secret. */
import { redactedValue } from '../../schemas/redact.js';

/** Whether nothing in a JSON value looks like a secret, which is never written down. */
export function isSecretFree(value: unknown): boolean {
  const text = JSON.stringify(value);
  return JSON.stringify(redactedValue(JSON.parse(text))) === text;
}
