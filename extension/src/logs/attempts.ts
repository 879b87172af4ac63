/** What people are told about one attempt of a job. */
import * as l10n from '@vscode/l10n';
import type { Attempt, ResultOf } from '../../../schemas/index.js';
import type { Store } from '../store.js';

export type JobFacts = ResultOf<'job.get'>;

export function attemptName(name: string, attempt: number): string {
  return l10n.t('{0}, attempt {1}', name, attempt);
}

/** Numbers are given again when a run never reached the job: the last one counts. */
export function findAttempt({ attempts }: JobFacts, number?: number): Attempt | undefined {
  return attempts.findLast((attempt) => number === undefined || attempt.number === number);
}

/** Where the attempt ran, or runs. */
export function hostOf(facts: JobFacts, store: Store, number: number): string {
  const run = store.runs.get(findAttempt(facts, number)?.run ?? '');
  return run?.host ?? facts.job.host ?? l10n.t('unknown host');
}

/** "failed: The graphics card ran out of memory." */
export function endingOf({ job, result }: JobFacts, attempt: Attempt): string {
  const outcome = outcomeName(attempt.outcome);
  if (attempt.error !== null) return `${outcome}: ${attempt.error}`;
  const isLast = job.run === attempt.run;
  if (attempt.outcome === 'succeeded' && result !== null && isLast) return `${outcome}: ${result.video}`;
  return isLast && job.reason !== '' ? `${outcome}: ${job.reason}` : outcome;
}

function outcomeName(outcome: Attempt['outcome']): string {
  switch (outcome) {
    case 'succeeded':
      return l10n.t('succeeded');
    case 'failed':
      return l10n.t('failed');
    case 'refused':
      return l10n.t('refused by the safety filter');
    case 'cancelled':
      return l10n.t('cancelled');
    case 'unreached':
      return l10n.t('ended before this job began; it is queued again');
    case null:
      return l10n.t('still running');
  }
}
