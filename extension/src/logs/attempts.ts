/** What is shown about one attempt of a job. */
import * as l10n from '@vscode/l10n';
import type { Store } from '../../../client/store.js';
import type { ResultOf } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import type { Attempt } from '../../../schemas/received.js';
import { inWords } from '../../../schemas/shown-text.js';
import type { UnknownName } from '../../../schemas/unknown-name.js';
import { dotted, duration } from '../views/words.js';
import { localTime } from './times.js';

export type JobFacts = ResultOf<'job.get'>;

export interface AttemptKey {
  readonly job: string;
  readonly attempt: number;
}

export function attemptName(name: string, attempt: number): string {
  return l10n.t('{0}, attempt {1}', name, attempt);
}

/** A number is used again if its run never reached the job; its last use counts. */
export function findAttempt({ attempts }: JobFacts, number?: number): Attempt | undefined {
  return attempts.findLast((attempt) => number === undefined || attempt.number === number);
}

/** The host of the attempt. */
export function hostOf(facts: JobFacts, store: Store, number: number): string {
  const run = store.runs.get(findAttempt(facts, number)?.run ?? '');
  return run?.host ?? facts.job.host ?? l10n.t('unknown host');
}

/** "block_042 · Preview on local · attempt 1 · 30 Nov 2026, 14:32 UTC+1" */
export function headOf(facts: JobFacts, store: Store, number: number): string {
  const startedAt = findAttempt(facts, number)?.startedAt ?? null;
  return dotted(
    facts.job.name,
    l10n.t('{0} on {1}', modelTitle(facts.job.engine), hostOf(facts, store, number)),
    l10n.t('attempt {0}', number),
    startedAt === null ? null : localTime(startedAt),
  );
}

/** The video of this attempt. */
export function videoOf({ job, result }: JobFacts, attempt: Attempt): string | undefined {
  return attempt.outcome === 'succeeded' && job.run === attempt.run ? result?.video : undefined;
}

/** "Failed after 12s. The graphics card ran out of memory." */
export function endingOf(facts: JobFacts, attempt: Attempt): string {
  const ending = outcomeWords(attempt);
  const video = videoOf(facts, attempt);
  if (video !== undefined) return l10n.t('{0} The video: {1}', ending, video);
  const { run, reason } = facts.job;
  const why = attempt.error ?? (run === attempt.run ? reason : '');
  return why === '' ? ending : `${ending} ${why}`;
}

function outcomeWords({ outcome, startedAt, endedAt }: Attempt): string {
  const took =
    startedAt === null || endedAt === null ? '' : duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
  switch (outcome) {
    case 'succeeded':
      return took === '' ? l10n.t('Finished.') : l10n.t('Finished in {0}.', took);
    case 'failed':
      return took === '' ? l10n.t('Failed.') : l10n.t('Failed after {0}.', took);
    case 'refused':
      return l10n.t('Refused by the safety filter.');
    case 'cancelled':
      return took === '' ? l10n.t('Cancelled.') : l10n.t('Cancelled after {0}.', took);
    case 'unreached':
      return l10n.t('Ended before this job began; the job waits in the queue again.');
    case null:
      return l10n.t('Still running.');
    default:
      return l10n.t('Ended: {0}.', inWords(outcome satisfies UnknownName));
  }
}
