/** Cancels jobs, and asks first where running work would be lost. */
import * as l10n from '@vscode/l10n';
import { jobsOf, thatCan } from './arguments.js';
import { confirm } from './ask.js';
import { cancelQuestion } from './cancel-question.js';
import type { Handler } from './register.js';

/**
 * A waiting job is cancelled without a question, because retry brings it back. For a running job the user is asked
 * first.
 */
export const jobCancel: Handler = async ({ link, store, now }, ...args) => {
  const jobs = thatCan(jobsOf(store, args), 'cancelable');
  const question = cancelQuestion(jobs, store.runs, now());
  if (question !== undefined) await confirm(question.message, question.details, l10n.t('Stop'));
  await link.call('job.cancel', { ids: jobs.map(({ id }) => id) });
};
