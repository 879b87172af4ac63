import * as l10n from '@vscode/l10n';
import { first, idsOf } from './arguments.js';
import { askText } from './ask.js';
import type { Handler } from './register.js';

/** The host finishes what it has and takes nothing new. */
export const hostDrain: Handler = async ({ link }, ...args) => {
  const host = first(idsOf('host', args));
  const title = l10n.t('Drain {0}: it finishes what it has and takes nothing new', host);
  const reason = await askText({ title, prompt: l10n.t('Why, for everybody who looks; may be empty.') });
  await link.call('host.drain', reason === '' ? { host } : { host, reason });
};
