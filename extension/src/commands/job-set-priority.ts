import * as l10n from '@vscode/l10n';
import { window } from 'vscode';
import { first, jobsOf, thatCan } from './arguments.js';
import type { Handler } from './register.js';

export const jobSetPriority: Handler = async ({ link, store }, ...args) => {
  const jobs = thatCan(jobsOf(store, args), 'movable');
  const answer = await window.showInputBox({
    title:
      jobs.length === 1 ? l10n.t('Priority of {0}', first(jobs).name) : l10n.t('Priority of {0} jobs', jobs.length),
    prompt: l10n.t('Higher runs first; 0 is usual.'),
    value: String(first(jobs).priority),
    validateInput: (text) => (/^-?\d{1,6}$/.test(text.trim()) ? undefined : l10n.t('A whole number, please.')),
  });
  if (answer === undefined) return;
  await link.call('job.setPriority', { ids: jobs.map(({ id }) => id), priority: Number(answer) });
};
