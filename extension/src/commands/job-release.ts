/** Releases held jobs, after the person has read why they were held. */
import * as l10n from '@vscode/l10n';
import { first, jobsOf, thatCan } from './arguments.js';
import { confirm } from './ask.js';
import type { Handler } from './register.js';

/** Shows why the job is held before it is released. */
export const jobRelease: Handler = async ({ link, store }, ...args) => {
  const jobs = thatCan(jobsOf(store, args), 'releasable');
  const message =
    jobs.length === 1 ? l10n.t('Release {0}?', first(jobs).name) : l10n.t('Release {0} jobs?', jobs.length);
  const meaning = l10n.t('A job that is released goes on, whatever it was held for.');
  const reasons = new Set(jobs.map(({ reason }) => reason));
  await confirm(message, [...reasons, meaning], l10n.t('Release'));
  await link.call('job.release', { ids: jobs.map(({ id }) => id) });
};
