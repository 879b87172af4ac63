/** vitest gives vi.waitFor a second, which a busy machine does not keep: here it has the limit of all waits. */
import { vi } from 'vitest';
import { PATIENCE } from './limits.js';

/** In a process that runs many files this is loaded for each of them, and `vi` is the same one. */
const done = Symbol.for('patient');
const { waitFor } = vi;

if (!(done in waitFor)) {
  const patient: typeof waitFor = (condition, options) =>
    waitFor(condition, typeof options === 'number' ? options : { timeout: PATIENCE, ...options });
  vi.waitFor = Object.assign(patient, { [done]: true });
}
