/**
 * Jobs as clients see them. Two things are not stored, because they change without a move of the job: its progress,
 * and what a queued one waits for. They are the runner's to say and are laid over the stored job here.
 */
import type { Job } from '../../schemas/index.js';
import type { RunnerService } from './services.js';

export function liveJobs(jobs: readonly Job[], runner: RunnerService): Job[] {
  const waiting = jobs.some(({ state }) => state === 'queued') ? runner.waiting() : new Map<string, string>();
  return jobs.map((job) => withReason(withProgress(job, runner), waiting.get(job.id)));
}

export function liveJob(job: Job, runner: RunnerService): Job {
  return liveJobs([job], runner)[0] ?? job;
}

function withProgress(job: Job, runner: RunnerService): Job {
  const live = runner.progress(job.id);
  return live === undefined ? job : { ...job, progress: live.fraction, eta: live.eta };
}

/** A stored reason tells of this job alone (why it was tried before), so it goes first. */
function withReason(job: Job, waits: string | undefined): Job {
  return job.state !== 'queued' || waits === undefined || job.reason !== '' ? job : { ...job, reason: waits };
}
