/** The cost of runs, as the daemon computes it (daemon/server/accounts.ts): price of the host x time of the slot. */
import type { Run } from '../../../schemas/received.js';

/** Dollars of a run from its claim until `now` (milliseconds since 1970), counted from `since` on. */
export function costOfRun(run: Run, now: number, since = 0): number {
  const begin = Math.max(Date.parse(run.createdAt), since);
  const end = run.endedAt === null ? now : Date.parse(run.endedAt);
  return (Math.max(0, end - begin) / 3_600_000) * run.pricePerHour;
}

/** The share of one job: the members of a run share its cost equally. */
export function costOfJob(run: Run, now: number): number {
  return costOfRun(run, now) / Math.max(1, run.members.length);
}

/** Dollars of all runs since the local midnight before `now`. */
export function costToday(runs: Iterable<Run>, now: number): number {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  let sum = 0;
  for (const run of runs) sum += costOfRun(run, now, midnight);
  return sum;
}
