/** Handlers of `cost.get` and `report.get`. */
import { costOf, type Period, reportOf } from '../accounts.js';
import type { Handlers } from '../call.js';
import type { Services } from '../services.js';

/** Without `since` a report is about the last day. */
const DAY_MS = 24 * 3600 * 1000;
/** Without a limit the store returns only the newest runs; sums need all. */
const ALL_RUNS = 2 ** 31 - 1;

export const reportHandlers: Pick<Handlers, 'cost.get' | 'report.get'> = {
  'cost.get'({ by = 'project', since }, { services, clock }) {
    const period: Period = { from: since === undefined ? 0 : Date.parse(since), to: clock.now() };
    return costOf(services.runs.list(ALL_RUNS), jobsById(services), by, period);
  },

  'report.get'({ since }, { services, clock }) {
    const now = clock.now();
    const period: Period = { from: since === undefined ? now - DAY_MS : Date.parse(since), to: now };
    return reportOf(services.queue.list({}), services.runs.list(ALL_RUNS), services.results.list(), period);
  },
};

function jobsById({ queue }: Services) {
  return new Map(queue.list({}).map((job) => [job.id, job]));
}
