/** A job in one line: what it does now, how far it is, where, when it will be done, and what it costs. */
import * as l10n from '@vscode/l10n';
import type { Job, JobState, Progress, Run } from '../../../../schemas/index.js';
import { modelTitle } from '../../../../schemas/model-title.js';
import { costOfJob } from '../cost.js';
import { dollars, dotted, duration, percent } from '../words.js';

export interface JobLine {
  readonly job: Job;
  readonly progress: Progress | undefined;
  /** The run it is or was a member of. */
  readonly run: Run | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function jobDescription(line: JobLine): string {
  const { job } = line;
  switch (job.state) {
    case 'preparing':
      return dotted(stage(line), howFar(line));
    case 'queued':
      return dotted(modelTitle(job.engine), job.host ?? job.settings.host, job.reason);
    case 'staging':
    case 'staged':
    case 'running':
    case 'collecting':
    case 'stopping':
      return dotted(stage(line), howFar(line), timeLeft(line), job.host, cost(line));
    case 'succeeded':
      return dotted(modelTitle(job.engine), job.host, took(job), cost(line));
    case 'held':
    case 'failed':
    case 'refused':
      return dotted(stateTitle(job.state), job.error?.message ?? job.reason);
    case 'cancelled':
      return dotted(stateTitle(job.state), job.reason, cost(line));
  }
}

export function stateTitle(state: JobState): string {
  const titles: Readonly<Record<JobState, string>> = {
    preparing: l10n.t('preparing'),
    held: l10n.t('held'),
    queued: l10n.t('queued'),
    staging: l10n.t('sending files'),
    staged: l10n.t('starting'),
    running: l10n.t('running'),
    collecting: l10n.t('fetching the result'),
    stopping: l10n.t('stopping'),
    succeeded: l10n.t('done'),
    failed: l10n.t('failed'),
    refused: l10n.t('refused'),
    cancelled: l10n.t('cancelled'),
  };
  return titles[state];
}

/** "running · chunk 1/2 step 12/35"; the daemon's own words say more than the state where it has some. */
function stage({ job, progress }: JobLine): string {
  return progress?.stage || stateTitle(job.state);
}

function howFar({ job, progress }: JobLine): string | null {
  const fraction = progress?.fraction ?? job.progress;
  return fraction === null ? null : percent(fraction);
}

function timeLeft({ job, progress }: JobLine): string | null {
  const eta = progress === undefined ? job.eta : progress.eta;
  return eta === null ? null : l10n.t('{0} left', duration(eta));
}

function cost({ run, now }: JobLine): string | null {
  return run === undefined || run.pricePerHour === 0 ? null : dollars(costOfJob(run, now));
}

function took({ startedAt, endedAt }: Job): string | null {
  if (startedAt === null || endedAt === null) return null;
  return duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
}
