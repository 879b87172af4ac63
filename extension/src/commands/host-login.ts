/** Logs in to a host that needs a person: a locked key, a password or a code. */
import { first, thingsOf } from './arguments.js';
import { answering } from './host-answering.js';
import { clearTrouble } from './host-clear.js';
import type { Handler } from './register.js';

/** Logs in where the user is needed: unlocks the private key, or answers the questions of the host. */
export const hostLogin: Handler = async ({ link, store }, ...args) => {
  const { id, problem } = first(thingsOf(store.hosts, 'host', args));
  if (problem?.code === 'identity_locked') await clearTrouble(link, problem);
  else await answering(link, () => link.call('host.login', { host: id }));
};
