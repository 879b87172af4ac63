/** Handlers of `cost.get` and `report.get`. */
import { costOf, type Period, reportOf } from '../accounts.js';
import type { Handlers } from '../call.js';
import type { Services } from '../services.js';

/** A report that names no moment is about the last day: what happened while nobody looked. */
const DAY_MS = 24 * 3600 * 1000;
/** The store keeps lists short on its own; sums need every run. */
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
