/** The host as the user writes it (an alias, user@host:port or an ssh:// URI), and as arguments for other programs. */
import net from 'node:net';
import { withoutLoginPassword } from '../../../../schemas/ssh-login.js';
import { CosmosError } from '../../../errors.js';
import { withoutSecrets } from '../../../secrets.js';

export interface Destination {
  readonly user: string | undefined;
  /** A name, or an address without brackets: "gpu1", "fe80::1%eth0". */
  readonly host: string;
  readonly port: number | undefined;
}

const FORMS = 'write alias, user@host, user@host:port, user@[IPv6 address]:port or ssh://user@host:port';

/**
 * Parses what the user typed for a host. No part may look like an option or like shell text, because our sentences give
 * commands with it to copy; OpenSSH has refused the same characters since 9.6.
 * @throws CosmosError config_invalid with a sentence that says how to write it.
 */
export function parseDestination(typed: string): Destination {
  refusePassword(typed);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'ssh') throw refused(typed, `${scheme}:// is no way to log in; ${FORMS}`);
  if (scheme === 'ssh') return checked(typed, uriOf(typed));
  if (/^ssh\s/.test(typed)) throw refused(typed, pasted(typed));
  return checked(typed, plain(typed));
}

/**
 * Call it wherever the address of a host is read.
 * @param place where it is written, "cosmos.toml:12".
 * @throws CosmosError config_invalid when there is a password or another secret in it.
 */
export function refusePassword(typed: string, place?: string): void {
  const shown = withoutLoginPassword(typed) ?? otherSecret(typed);
  if (shown === undefined) return;
  const how = 'write user@host:port, and log in with a key or by `cosmos host login`';
  throw refused(shown, `a password has no place here, and is not shown; ${how}`, place);
}

/** A password in an address that is not valid for SSH anyway; an ssh:// URI may name a user with an encoded colon. */
function otherSecret(typed: string): string | undefined {
  const shown = /^ssh:/i.test(typed) ? typed : withoutSecrets(typed);
  return shown === typed ? undefined : shown;
}

/**
 * An ssh:// URI as OpenSSH reads it; also with an IPv6 address in brackets, which OpenSSH refuses. Undefined when it is
 * no such URI. The user is percent-encoded, with "+" for a space; text after ";" in it is ignored.
 */
export function parseUri(text: string): Destination | undefined {
  const [, login, address = '', port, rest = ''] =
    /^ssh:\/\/(?:([^@]*)@)?(\[[^\]]*\]|[^:/]*)(?::([^/]*))?(?:\/(.*))?$/is.exec(text) ?? [];
  const user = login === undefined ? undefined : decoded(login.split(';', 1)[0] ?? '');
  const host = address.startsWith('[') ? zoned(address.slice(1, -1)) : address.replace(/\.$/, '');
  const isHost = net.isIPv6(host) || (/^[a-z0-9][a-z0-9_.-]*$/i.test(host) && !host.includes('..'));
  const number = port === undefined || port === '' ? undefined : (parsePort(port) ?? 0);
  return user === '' || !isHost || number === 0 || rest !== '' ? undefined : { user, host, port: number };
}

/** 1 to 65535; C reads blank and a sign before a number, and "ssh" is the service's name. */
export function parsePort(text: string): number | undefined {
  const port = text === 'ssh' ? 22 : /^\s*\+?\d+$/.test(text) ? Number(text) : 0;
  return port > 0 && port < 65536 ? port : undefined;
}

/** The host as arguments of ssh, ssh-copy-id and their like, which take no port in the name: "-p 2201 root@host". */
export function sshArguments(typed: string): string[] {
  const { user, host, port } = parseDestination(typed);
  const name = user === undefined ? host : `${user}@${host}`;
  return port === undefined ? [name] : ['-p', String(port), name];
}

/** %25 is RFC 6874's way to write the percent sign of a zone; many write the sign itself. */
function zoned(address: string): string {
  return address.replace(/%25(?=.)/, '%');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return ''; // a percent sign without its two digits
  }
}

function uriOf(typed: string): Destination {
  const [, path = ''] = /^ssh:\/\/[^/]*(?:\/(.*))?$/is.exec(typed) ?? [];
  if (path !== '') throw refused(typed, 'no path may follow the host; write ssh://user@host:port');
  const destination = parseUri(typed.replace(/^ssh/i, 'ssh'));
  if (destination !== undefined) return destination;
  const how = 'write ssh://user@host:port, an IPv6 address in brackets, and % in the user as %25';
  throw refused(typed, `this is not understood; ${how}`);
}

function plain(typed: string): Destination {
  const at = typed.lastIndexOf('@');
  const user = at === -1 ? undefined : typed.slice(0, at);
  const place = typed.slice(at + 1);
  if (net.isIPv6(place)) return { user, host: place, port: undefined };
  const [, bracketed, name, port] = /^(?:\[([^[\]]+)\]|([^:[\]]+))(?::(.*))?$/s.exec(place) ?? [];
  const host = bracketed ?? name;
  if (host === undefined || user === '') throw refused(typed, `this is not an SSH host; ${FORMS}`);
  if (port === undefined) return { user, host, port };
  if (name !== undefined && port.includes(':')) throw refused(typed, `"${place}" is no IPv6 address; ${FORMS}`);
  const number = parsePort(port);
  if (number === undefined)
    throw refused(typed, `"${port}" is not a port, which is a number from 1 to 65535; ${FORMS}`);
  return { user, host, port: number };
}

function checked(typed: string, destination: Destination): Destination {
  const { user = '', host } = destination;
  const isZone = host.includes('%') && !net.isIPv6(host);
  if (/^-|[\s\p{Cc}'`"$\\;&<>|(){}]/u.test(host) || isZone) {
    throw refused(typed, `"${host}" cannot be the name of a host; ${FORMS}`);
  }
  if (/^-|[\p{Cc}'`";&<>|(){}]|\s-|\\$/u.test(user)) {
    throw refused(typed, `"${user}" cannot be the name of a user; ${FORMS}`);
  }
  return destination;
}

/** A whole ssh command, as clouds show it to be copied. */
function pasted(typed: string): string {
  const port = /\s-p\s*(\d+)/.exec(typed)?.[1];
  const login = /\s([^\s@-][^\s@]*@[^\s:]+)/.exec(typed)?.[1];
  const key = /\s-i\s/.test(typed) ? '; name its key with IdentityFile in ~/.ssh/config' : '';
  if (login === undefined) return `this is a command; ${FORMS}`;
  return `this is a command; write ${port === undefined ? login : `${login}:${port}`}${key}`;
}

function refused(typed: string, why: string, place?: string): CosmosError {
  const where = place === undefined ? '' : `${place}: `;
  return new CosmosError('config_invalid', `${where}"${typed}": ${why}.`, { ssh: withoutSecrets(typed) });
}
