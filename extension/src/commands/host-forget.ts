/** Removes a host that does not come back. */
import * as l10n from '@vscode/l10n';
import { warn } from '../shown/messages.js';
import { first, thingsOf } from './arguments.js';
import { confirm } from './ask.js';
import { jobsOn } from './host-jobs.js';
import type { Handler } from './register.js';

/** For a host that will never come back. The work of its jobs on that host is lost. */
export const hostForget: Handler = async ({ link, store }, ...args) => {
  const { id } = first(thingsOf(store.hosts, 'host', args));
  const jobs = jobsOn(id, store.jobs.values()).map(({ name }) => name);
  const there = jobs.length === 0 ? '' : l10n.t('On it are {0}: they go back to the queue.', jobs.join(', '));
  const details = [l10n.t('Its entry leaves cosmos.toml.'), there].filter((part) => part !== '');
  await confirm(l10n.t('Give {0} up for good?', id), details, l10n.t('Forget'));
  const { left } = await link.call('host.forget', { host: id, force: jobs.length > 0 });
  if (left.length === 0) return;
  const message = l10n.t('{0} runs may still be on {1}, and cost money there: look yourself.', left.length, id);
  await warn(message);
};
