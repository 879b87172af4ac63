/**
 * 2,000 generated SSH configurations, up to two hosts in each, beside the real `ssh -G`: how many are read alike, and
 * which differ in a way that a person is told. Ends with an error when one differs otherwise.
 */
import { systemClock } from '../../daemon/clock.js';
import { compareMany } from '../support/ssh-config/parity.js';

const CONFIGS = 2000;
const HOSTS = 2;
/** The suite has the seeds before these. */
const FIRST_SEED = 1001;

export async function bench(): Promise<void> {
  const start = systemClock.monotonic();
  const seeds = Array.from({ length: CONFIGS }, (_, at) => FIRST_SEED + at);
  const { kinds, different } = await compareMany(seeds, HOSTS);
  const lookups = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  const seconds = (systemClock.monotonic() - start) / 1000;
  console.log(`${CONFIGS} configurations, ${lookups} lookups beside ssh -G in ${seconds.toFixed(0)} s`);
  for (const [kind, count] of Object.entries(kinds).sort(([, a], [, b]) => b - a)) {
    console.log(`${kind.padEnd(24)}${String(count).padStart(6)}`);
  }
  if (different.length > 0) throw new Error(`Nobody was told of these differences:\n${different.join('\n\n')}`);
}
