/**
 * Completes jobs for clients. Two facts are not stored, because they change while the job stays in its state: its
 * progress, and what a queued job waits for. The runner knows both; they are added to the stored job here.
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

/** A stored reason is about this job alone (why it is tried again), so it comes first. */
function withReason(job: Job, waits: string | undefined): Job {
  return job.state !== 'queued' || waits === undefined || job.reason !== '' ? job : { ...job, reason: waits };
}
