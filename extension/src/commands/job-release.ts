import * as l10n from '@vscode/l10n';
import { window } from 'vscode';
import { first, jobsOf, thatCan } from './arguments.js';
import type { Handler } from './register.js';

/** What it was held for is read before it goes on. */
export const jobRelease: Handler = async ({ link, store }, ...args) => {
  const jobs = thatCan(jobsOf(store, args), 'releasable');
  const release = l10n.t('Let It Go On');
  const message =
    jobs.length === 1 ? l10n.t('Let {0} go on?', first(jobs).name) : l10n.t('Let {0} jobs go on?', jobs.length);
  const detail = [...new Set(jobs.map(({ reason }) => reason))].join('\n');
  if ((await window.showWarningMessage(message, { modal: true, detail }, release)) !== release) return;
  await link.call('job.release', { ids: jobs.map(({ id }) => id) });
};
