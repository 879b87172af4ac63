/**
 * vitest gives vi.waitFor a second, which a busy machine does not keep. What a test waits for comes at once or never, so
 * a long limit costs nothing but the time of a failure.
 */
import { vi } from 'vitest';

/** Milliseconds; below the limit of any test. */
const PATIENCE = 20_000;

/** In a process that runs many files this is loaded for each of them, and `vi` is the same one. */
const done = Symbol.for('patient');
const { waitFor } = vi;

if (!(done in waitFor)) {
  const patient: typeof waitFor = (condition, options) =>
    waitFor(condition, typeof options === 'number' ? options : { timeout: PATIENCE, ...options });
  vi.waitFor = Object.assign(patient, { [done]: true });
}
