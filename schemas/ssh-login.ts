/** Finds a password in the address of an SSH host, which is never used, stored or shown. */
import { REMOVED } from './redact.js';

/**
 * The address with {@link REMOVED} for its password; undefined when it has none. A password is what stands between the
 * first colon and the last "@", and what sshpass is given. A colon that is percent-encoded belongs to the user's name.
 * @param typed alias, user@host:port, ssh://user@host:port, another URL, or a whole command.
 */
export function withoutLoginPassword(typed: string): string | undefined {
  if (/^\s*sshpass\s/i.test(typed)) return `sshpass ${REMOVED}`;
  if (!/^\s*ssh\s/i.test(typed)) return inAddress(typed);
  const words = typed.split(' ').map((word) => inAddress(word) ?? word);
  const shown = words.join(' ');
  return shown === typed ? undefined : shown;
}

function inAddress(address: string): string | undefined {
  const [scheme = ''] = /^\s*[a-z][a-z0-9+.-]*:\/\//i.exec(address) ?? [];
  const rest = address.slice(scheme.length);
  const at = rest.lastIndexOf('@');
  const login = rest.slice(0, Math.max(0, at));
  const colon = login.indexOf(':');
  return colon === -1 ? undefined : `${scheme}${login.slice(0, colon)}:${REMOVED}${rest.slice(at)}`;
}
