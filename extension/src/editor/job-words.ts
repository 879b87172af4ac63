/** Sentences about a job whose form is open. Pure. */
import * as l10n from '@vscode/l10n';
import type { Job } from '../../../schemas/received.js';
import { inWords } from '../../../schemas/shown-text.js';
import type { UnknownName } from '../../../schemas/unknown-name.js';
import type { Notice } from './form.js';
import type { Sending } from './job-edits.js';
import { lasted } from './send-words.js';

/** Also read by a screen reader when it changes. */
export function savedWords(sending: Sending): string {
  switch (sending) {
    case 'idle':
      return '';
    case 'pending':
    case 'sending':
      return l10n.t('Saving to the job...');
    case 'waiting':
      return l10n.t('The job is being prepared; the change follows.');
    case 'conflict':
    case 'failed':
      return l10n.t('Not saved to the job.');
    default:
      return sending satisfies never;
  }
}

/** What happens to changes that the job cannot take; null = it can take them. */
export function jobNotice({ name }: Job, sending: Sending, failure: unknown): Notice | null {
  const asJob = { action: 'variation', label: l10n.t('Send Them as a Variation') } as const;
  const discard = { action: 'discard', label: l10n.t('Discard') } as const;
  if (sending === 'conflict') {
    const apply = { action: 'apply', label: l10n.t('Change It All the Same') } as const;
    const sentence = l10n.t('{0} was changed elsewhere meanwhile. Your changes are not made yet.', name);
    return { sentence, actions: [apply, asJob, discard] };
  }
  if (sending !== 'failed') return null;
  const why = failure instanceof Error ? failure.message : String(failure);
  return { sentence: l10n.t('The change was not taken: {0}', why), actions: [asJob, discard] };
}

/** Says what the job is, and what is edited here: this job, or another one like it. */
export function jobLead(job: Job, isVariation: boolean): string {
  if (!isVariation) return l10n.t('{0} It has not started: what you change here is saved to it.', fate(job));
  return l10n.t('{0} What you change here becomes a new job; this one stays as it is.', fate(job));
}

/** One sentence: "street ran on h100 and took 8m 4s." */
function fate(job: Job): string {
  const { name, state, startedAt } = job;
  const host = job.host ?? l10n.t('no host yet');
  switch (state) {
    case 'preparing':
      return l10n.t('{0} is being prepared.', name);
    case 'held':
      return l10n.t('{0} waits for you.', name);
    case 'queued':
      return l10n.t('{0} waits in the queue.', name);
    case 'staging':
    case 'staged':
    case 'running':
    case 'collecting':
    case 'stopping':
      return startedAt === null
        ? l10n.t('{0} is starting on {1}.', name, host)
        : l10n.t('{0} runs on {1} since {2}.', name, host, new Date(startedAt).toLocaleTimeString());
    case 'succeeded':
      return l10n.t('{0} ran on {1} and took {2}.', name, host, lasted(job) ?? l10n.t('a while'));
    case 'failed':
    case 'refused':
      return sentence(l10n.t('{0} failed: {1}', name, job.error?.message ?? job.reason));
    case 'cancelled':
      return l10n.t('{0} was cancelled.', name);
    default:
      return l10n.t('{0} is {1}.', name, inWords(state satisfies UnknownName));
  }
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
