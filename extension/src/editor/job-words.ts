/** Sentences about a job that is being edited. Pure. */
import * as l10n from '@vscode/l10n';
import type { Job } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import type { Model, Notice } from './form.js';
import { isOver, type Sending } from './job-edits.js';

export function jobModels(): Model[] {
  const all: readonly Omit<Model, 'selectable'>[] = [
    { engine: 'preview', label: l10n.t('{0} (no GPU)', modelTitle('preview')) },
    { engine: 'transfer2.5', label: modelTitle('transfer2.5') },
    { engine: 'cosmos3', label: modelTitle('cosmos3') },
  ];
  return all.map((model) => ({ ...model, selectable: true }));
}

/** For a screen reader too: said when it changes. */
export function savedWords(sending: Sending): string {
  switch (sending) {
    case 'idle':
      return '';
    case 'pending':
    case 'sending':
      return l10n.t('Saving to the job...');
    case 'waiting':
      return l10n.t('The job is being prepared; the change follows.');
    case 'lost':
    case 'conflict':
    case 'failed':
      return l10n.t('Not saved to the job.');
    default:
      return sending satisfies never;
  }
}

export function jobNotice(job: Job | undefined, sending: Sending, failure: unknown): Notice | null {
  if (job === undefined) return { sentence: l10n.t('This job is not known any more.'), actions: [] };
  if (sending === 'lost') return lostNotice(job);
  if (sending === 'conflict') return conflictNotice(job);
  if (sending === 'failed') {
    const why = failure instanceof Error ? failure.message : String(failure);
    return { sentence: l10n.t('The change was not taken: {0}', why), actions: [variation(), discard()] };
  }
  if (!isOver(job)) return null;
  return { sentence: l10n.t('{0} What you change here can be queued as a variation of it.', fate(job)), actions: [] };
}

function lostNotice(job: Job): Notice {
  const sentence = l10n.t('{0} It keeps its own settings; your changes can be queued as a variation.', fate(job));
  return { sentence, actions: [variation(), discard()] };
}

function conflictNotice({ name }: Job): Notice {
  const apply = { action: 'apply', label: l10n.t('Change It All the Same') } as const;
  const sentence = l10n.t('Somebody else has changed {0} meanwhile. Your changes are not made yet.', name);
  return { sentence, actions: [apply, variation(), discard()] };
}

function fate({ name, endedAt }: Job): string {
  return endedAt === null ? l10n.t('{0} has started.', name) : l10n.t('{0} has ended.', name);
}

function variation(): Notice['actions'][number] {
  return { action: 'variation', label: l10n.t('Queue as a Variation') };
}

function discard(): Notice['actions'][number] {
  return { action: 'discard', label: l10n.t('Discard') };
}
