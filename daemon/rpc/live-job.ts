/** Jobs as clients see them. Progress is not stored: it is the runner's latest value, laid over the stored job. */
import type { Job } from '../../schemas/index.js';
import type { RunnerService } from './services.js';

export function withProgress(job: Job, runner: RunnerService): Job {
  const live = runner.progress(job.id);
  return live === undefined ? job : { ...job, progress: live.fraction, eta: live.eta };
}
