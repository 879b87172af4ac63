/**
 * Computes the cost report and the period report from runs, jobs and results. Pure; times are milliseconds since 1970.
 */
import type { Job, JobState, Params, Result, ResultOf, Run } from '../../schemas/index.js';

export interface Period {
  readonly from: number;
  readonly to: number;
}

type Cost = ResultOf<'cost.get'>;
type Report = ResultOf<'report.get'>;
type Grouping = NonNullable<Params<'cost.get'>['by']>;

/** Price of the host x the time a run held its slot within the period, shared equally among the run's jobs. */
export function costOf(runs: readonly Run[], jobs: ReadonlyMap<string, Job>, by: Grouping, period: Period): Cost {
  const entries = new Map<string, Cost['entries'][number]>();
  for (const run of runs) {
    const share = slotSeconds(run, period) / Math.max(1, run.members.length);
    if (share === 0) continue;
    for (const member of run.members) {
      const group = groupOf(by, run, jobs.get(member));
      const key = JSON.stringify([group, run.host]);
      const entry = entries.get(key) ?? { group, host: run.host, jobs: 0, seconds: 0, dollars: 0 };
      const dollars = entry.dollars + (share * run.pricePerHour) / 3600;
      entries.set(key, { ...entry, jobs: entry.jobs + 1, seconds: entry.seconds + share, dollars });
    }
  }
  const list = [...entries.values()].sort((a, b) => b.dollars - a.dollars || b.seconds - a.seconds);
  return {
    total: list.reduce((sum, { dollars }) => sum + dollars, 0),
    entries: list,
    note: 'Price of the host times the time each run held its slot; a host without a price costs nothing.',
  };
}

function groupOf(by: Grouping, run: Run, job: Job | undefined): string {
  switch (by) {
    case 'project':
      return job?.project ?? '(no project)';
    case 'clip':
      return job?.name ?? '(forgotten job)';
    case 'host':
      return run.host;
    case 'engine':
      return run.engine;
  }
}

/** The slot is held from the claim to the verified end. */
function slotSeconds(run: Run, { from, to }: Period): number {
  const begin = Math.max(Date.parse(run.createdAt), from);
  const end = Math.min(run.endedAt === null ? to : Date.parse(run.endedAt), to);
  return Math.max(0, end - begin) / 1000;
}

/** Jobs that ended in the period or have not ended; runs and results of the period. */
export function reportOf(
  all: readonly Job[],
  runs: readonly Run[],
  results: readonly Result[],
  period: Period,
): Report {
  const jobs = all.filter(({ endedAt }) => endedAt === null || isWithin(endedAt, period));
  const judged = jobs.filter(({ state }) => state === 'succeeded' || state === 'failed' || state === 'refused');
  const succeeded = judged.filter(({ state }) => state === 'succeeded');
  return {
    since: new Date(period.from).toISOString(),
    jobs: countStates(jobs),
    successRate: judged.length === 0 ? null : succeeded.length / judged.length,
    medianSeconds: median(succeeded.map(jobSeconds)),
    busySeconds: runs.reduce((sum, run) => sum + slotSeconds(run, period), 0),
    failures: failuresOf(judged),
    byEngine: enginesOf(succeeded, results),
  };
}

function countStates(jobs: readonly Job[]): Partial<Record<JobState, number>> {
  const counts: Partial<Record<JobState, number>> = {};
  for (const { state } of jobs) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** Failures by error code, the most frequent first, each with its latest sentence as an example. */
function failuresOf(jobs: readonly Job[]): Report['failures'] {
  const failures = new Map<string, Report['failures'][number]>();
  for (const { error } of jobs) {
    if (error === null) continue;
    const count = (failures.get(error.code)?.count ?? 0) + 1;
    failures.set(error.code, { code: error.code, count, example: error.message });
  }
  return [...failures.values()].sort((a, b) => b.count - a.count);
}

function enginesOf(succeeded: readonly Job[], results: readonly Result[]): Report['byEngine'] {
  const frames = new Map(results.map((result) => [result.job, result.frames]));
  const engines: Report['byEngine'] = {};
  for (const job of succeeded) {
    const sum = engines[job.engine] ?? { jobs: 0, frames: 0, seconds: 0 };
    engines[job.engine] = {
      jobs: sum.jobs + 1,
      frames: sum.frames + (frames.get(job.id) ?? 0),
      seconds: sum.seconds + jobSeconds(job),
    };
  }
  return engines;
}

function jobSeconds({ startedAt, endedAt }: Job): number {
  if (startedAt === null || endedAt === null) return 0;
  return (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const ordered = [...values].sort((a, b) => a - b);
  const middle = ordered.length / 2;
  const upper = ordered[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((ordered[middle - 1] ?? 0) + upper) / 2 : upper;
}

function isWithin(iso: string, { from, to }: Period): boolean {
  const at = Date.parse(iso);
  return at >= from && at <= to;
}
