/** Trusts the key that a host shows. */
import * as l10n from '@vscode/l10n';
import { Problem } from '../problem.js';
import { first, thingsOf } from './arguments.js';
import { clearTrouble } from './host-clear.js';
import type { Handler } from './register.js';

export const hostTrust: Handler = async ({ link, store }, ...args) => {
  const { problem } = first(thingsOf(store.hosts, 'host', args));
  if (problem === null) throw new Problem('wrong_state', l10n.t('This host has no key that waits for you.'));
  await clearTrouble(link, problem);
};
