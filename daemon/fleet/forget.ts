/** Decides what happens to the jobs on a host that never returns. */
import type { Job, JobState, Result, Run } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { CosmosError, toJobError } from '../errors.js';
import type { Move } from '../job/life.js';
import type { QueueNeeds, RunNeeds } from '../run/needs.js';
import type { RemoteOffer } from './live-offers.js';

/** Milliseconds in which the runs on a host that answers must end. */
const PATIENCE_MS = 30_000;

export interface ForgetNeeds {
  readonly queue: Pick<QueueNeeds, 'live' | 'move'> & { list(filter: { states: readonly JobState[] }): Job[] };
  readonly runs: Pick<RunNeeds, 'get' | 'open' | 'ended'>;
  readonly results: { get(job: string): Result | undefined };
  readonly journal: { transaction<T>(work: () => T): T };
}

/** Jobs that cannot go on without the host. */
export function jobsOn(host: string, { queue, runs }: Pick<ForgetNeeds, 'queue' | 'runs'>): Job[] {
  return [...queue.live(), ...queue.list({ states: ['held'] })].filter((job) => {
    const run = job.run === null ? undefined : runs.get(job.run);
    // A job that is being stopped or is held has a run on the host only while that run is open.
    const mayRest = job.state === 'stopping' || job.state === 'held';
    return job.state !== 'preparing' && run?.host === host && (!mayRest || run.state === 'open');
  });
}

/**
 * Takes all jobs away from the host and closes its runs, in one transaction. An output that was finished there but not
 * fetched is generated again. @returns the jobs afterwards, and the runs that were open.
 */
export function giveUp(host: string, needs: ForgetNeeds): { jobs: Job[]; runs: Run[] } {
  const { queue, runs, results, journal } = needs;
  return journal.transaction(() => {
    const open = runs.open().filter((run) => run.host === host);
    const on = jobsOn(host, needs).filter(({ state }) => state !== 'held'); // a person decides about held jobs
    const jobs = on.map((job) => queue.move(job, moveOffHost(job, host, results.get(job.id))) ?? job);
    for (const { id } of open) runs.ended(id, null);
    return { jobs, runs: open };
  });
}

/**
 * Ends our runs on a host that answers. When the host is still silent after PATIENCE_MS, it is left alone.
 * @returns runs that may still be there.
 */
export async function endRuns({ offer, line }: RemoteOffer, runs: readonly Run[], clock: Clock): Promise<string[]> {
  if (line.state.state !== 'online') return runs.map(({ id }) => id);
  const left = new Set(runs.map(({ id }) => id));
  const ended = runs.map(async ({ id }) => {
    await offer.host.stop(id);
    await offer.release?.(id);
    left.delete(id);
  });
  let cancel = () => {};
  const late = new Promise<void>((resolve) => {
    cancel = clock.after(PATIENCE_MS, resolve);
  });
  await Promise.race([Promise.allSettled(ended), late]); // a run that could not be ended is in the answer
  cancel();
  return [...left];
}

/** The move that takes a job away from a host that is given up. Pure. */
export function moveOffHost(job: Job, host: string, result: Result | undefined): Move {
  const gone = `The host ${host} was forgotten`;
  switch (job.state) {
    case 'staging':
      return { event: 'requeued', patch: { reason: again(job, `${gone} before the job began there`) } };
    case 'collecting':
      if (isOfAttempt(result, job))
        return { event: 'collected', patch: { output: result.video, progress: 1, error: null } };
      return lost(job, `${gone} before the finished output was fetched: it is generated again`);
    case 'staged':
    case 'running':
      return lost(job, `${gone} while the job ran there`);
    case 'stopping':
      if (job.stopReason === 'stall') return { event: 'failed', patch: { error: errorOf(gone), reason: `${gone}.` } };
      return { event: 'stopped', patch: { reason: `Cancelled; ${host} was forgotten before its end was seen.` } };
    case 'preparing':
    case 'held':
    case 'queued':
    case 'succeeded':
    case 'failed':
    case 'refused':
    case 'cancelled':
      throw new CosmosError('internal', `${job.id} is ${job.state} and not on ${host}.`, { job: job.id });
  }
}

/** Counts as a new attempt, because the old one may have run. */
function lost(job: Job, why: string): Move {
  return { event: 'requeued', patch: { error: errorOf(why), reason: again(job, why) } };
}

function again({ id, settings, host }: Job, why: string): string {
  const bound = settings.host !== null && settings.host === host;
  return bound ? `${why}. It wants no other host: choose one (\`cosmos job edit ${id} --host HOST\`).` : `${why}.`;
}

function errorOf(why: string) {
  return toJobError(new CosmosError('host_forgotten', `${why}.`));
}

/** A result is recorded before its job moves; one from before the present attempt does not count. */
function isOfAttempt(result: Result | undefined, { startedAt }: Job): result is Result {
  return result !== undefined && startedAt !== null && result.createdAt >= startedAt;
}
