import * as l10n from '@vscode/l10n';
import { Problem } from '../problem.js';
import { first, thingsOf } from './arguments.js';
import { answering } from './host-answering.js';
import { clearTrouble } from './host-clear.js';
import type { Handler } from './register.js';

/** Trusts the key of a host, opens the locked key that leads there, or answers what the host asks. */
export const hostTrust: Handler = async ({ link, store }, ...args) => {
  const { id, problem } = first(thingsOf(store.hosts, 'host', args));
  if (problem === null) throw new Problem('wrong_state', l10n.t('This host has no key that waits for you.'));
  if (problem.code !== 'host_asks') return clearTrouble(link, problem);
  await answering(link, () => link.call('host.login', { host: id }));
};
