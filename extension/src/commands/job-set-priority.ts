/** Asks for the priority of jobs and sets it. */
import * as l10n from '@vscode/l10n';
import { first, jobsOf, thatCan } from './arguments.js';
import { askText, wholeNumber } from './ask.js';
import type { Handler } from './register.js';

export const jobSetPriority: Handler = async ({ link, store }, ...args) => {
  const jobs = thatCan(jobsOf(store, args), 'movable');
  const priority = await askText({
    title:
      jobs.length === 1 ? l10n.t('Priority of {0}', first(jobs).name) : l10n.t('Priority of {0} jobs', jobs.length),
    prompt: l10n.t('Higher runs first; 0 is usual.'),
    value: String(first(jobs).priority),
    validateInput: wholeNumber,
  });
  await link.call('job.setPriority', { ids: jobs.map(({ id }) => id), priority: Number(priority) });
};
