/** Finds out whether a JSON value holds something that looks like a secret. */
import { redactedValue } from '../../schemas/redact.js';

/** Whether a JSON value contains nothing that looks like a secret. Secrets are never stored. */
export function isSecretFree(value: unknown): boolean {
  const text = JSON.stringify(value);
  return JSON.stringify(redactedValue(JSON.parse(text))) === text;
}
