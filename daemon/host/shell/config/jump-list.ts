/** ProxyJump of ssh_config(5): hosts divided by commas, each "user@host:port" or "ssh://user@host:port". */
import { type Destination, parsePort, parseUri } from './destination.js';

export interface Hop extends Destination {
  /** As it was written. */
  readonly text: string;
}

/**
 * The hosts of the list; empty for "none", undefined when an entry is not valid. A comment or a blank ends the list, as in
 * OpenSSH (which, up to 9.2, read "none # why" as a host).
 */
export function parseHops(text: string): readonly Hop[] | undefined {
  const list = (text.split('#', 1)[0] ?? '').replace(/(?<=.)\s.*$/s, '');
  if (list.toLowerCase() === 'none') return [];
  const hops = list.split(',').map((hop) => ({ text: hop, read: parseUri(hop) ?? parseHop(hop) }));
  return hops.every(({ read }) => read !== undefined)
    ? hops.flatMap(({ text, read }) => (read === undefined ? [] : [{ text, ...read }]))
    : undefined;
}

function parseHop(text: string): Destination | undefined {
  if (text.startsWith('ssh://')) return undefined;
  const at = text.lastIndexOf('@');
  const user = at === -1 ? undefined : text.slice(0, at);
  const [, bracketed, name, port = ''] = /^(?:\[([^\]]+)\]|([^[:/][^:/]*))(?::(.*))?$/s.exec(text.slice(at + 1)) ?? [];
  const host = bracketed ?? name;
  const number = port === '' ? undefined : (parsePort(port) ?? 0);
  return host === undefined || user === '' || number === 0 ? undefined : { user, host, port: number };
}
