/** Drains a host: it finishes its runs and takes no new jobs. */
import * as l10n from '@vscode/l10n';
import { first, idsOf } from './arguments.js';
import { askText } from './ask.js';
import type { Handler } from './register.js';

/** The host finishes its jobs and takes no new ones. */
export const hostDrain: Handler = async ({ link }, ...args) => {
  const host = first(idsOf('host', args));
  const title = l10n.t('Drain {0}: running jobs finish, new ones go elsewhere or wait', host);
  const reason = await askText({
    title,
    prompt: l10n.t('Reason, shown to everybody who uses this host. May be empty. Resume Host ends it.'),
  });
  await link.call('host.drain', reason === '' ? { host } : { host, reason });
};
