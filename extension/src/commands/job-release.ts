import * as l10n from '@vscode/l10n';
import { first, jobsOf, thatCan } from './arguments.js';
import { confirm } from './ask.js';
import type { Handler } from './register.js';

/** What it was held for is read before it goes on. */
export const jobRelease: Handler = async ({ link, store }, ...args) => {
  const jobs = thatCan(jobsOf(store, args), 'releasable');
  const message =
    jobs.length === 1 ? l10n.t('Let {0} go on?', first(jobs).name) : l10n.t('Let {0} jobs go on?', jobs.length);
  const reasons = new Set(jobs.map(({ reason }) => reason));
  await confirm(message, [...reasons], l10n.t('Let It Go On'));
  await link.call('job.release', { ids: jobs.map(({ id }) => id) });
};
