/** Every way in which reaching a host can fail: code, one sentence with the remedy. Host keys: host-key.ts. */
import { CosmosError, coerceError, errnoOf } from '../../errors.js';
import { lastLines } from './last-lines.js';
import type { SshTarget } from './target.js';

/**
 * ssh2 gives `level` (where an error arose), `reason` (why a channel was refused, RFC 4254, 5.1), and a number as
 * `code` (why the host disconnected, RFC 4253, 11.1); in the last case the message is the host's.
 */
interface SshError extends Error {
  readonly level?: string;
  readonly code?: number | string;
  readonly reason?: number | string;
}

/** RFC 4254, 5.1: the server may not connect there. */
const ADMINISTRATIVELY_PROHIBITED = 1;

/** From an error of connecting or of a live connection; a CosmosError stays as it is. */
export function connectionFailure(thrown: unknown, target: SshTarget): CosmosError {
  const cause = coerceError(thrown);
  if (cause instanceof CosmosError) return cause;
  const { name, host, port } = target;
  const failure = (code: CosmosError['code'], message: string) =>
    new CosmosError(code, message, { host: name, address: host, port }, { cause });
  switch (errnoOf(cause)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return failure(
        'host_name_unknown',
        `No address is known for "${host}" (${name}); check the name and the network.`,
      );
    case 'ECONNREFUSED':
      return failure(
        'host_refused',
        `Nothing listens at ${host}, port ${port} (${name}); check that sshd runs there and on which port.`,
      );
    case 'ETIMEDOUT':
      return timedOut(target, cause);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
      return failure(
        'host_unreachable',
        `No network path leads to ${host} (${name}); check the network, the VPN and that the host is up.`,
      );
    case 'EINVAL':
      if (host.includes(':')) return failure('host_unreachable', zoneSentence(target));
      return unnamedFailure(cause, target);
    default:
      return unnamedFailure(cause, target);
  }
}

/** A link-local address that does not name the network interface of this machine. */
function zoneSentence({ name, host }: SshTarget): string {
  const [address = '', zone] = host.split('%');
  const why = zone === undefined ? 'counts on one network only' : `names "${zone}", which is no network interface here`;
  return `The address ${host} (${name}) ${why}; write the interface that leads to the host: ${address}%eth0.`;
}

function unnamedFailure(cause: SshError, target: SshTarget): CosmosError {
  const data = { host: target.name, address: target.host, port: target.port };
  if (cause.level === 'client-timeout') return connectionLost(target, cause);
  if (cause.level === 'handshake' || cause.level === 'protocol') {
    const message = `${target.name} does not speak SSH as we do: ${cause.message}. Check host, port and the age of its sshd.`;
    return new CosmosError('host_handshake_failed', message, data, { cause });
  }
  const lost = connectionLost(target, cause);
  return typeof cause.code === 'number' ? saying(lost, cause.message) : lost;
}

/** Adds the host's message to the user: a host that sends one and then waits usually asks for an action. */
export function saying(error: CosmosError, words: string): CosmosError {
  const said = lastLines(words);
  if (said === '') return error;
  const data = { ...error.data, said };
  if (error.code !== 'host_timeout') {
    return new CosmosError(error.code, `${error.message} It said "${said}".`, data, { cause: error });
  }
  const message = `${error.data.host} waits before it lets you in, and said "${said}". Do what it asks for, then try again.`;
  return new CosmosError('host_auth_failed', message, data, { cause: error });
}

export function timedOut(target: SshTarget, cause?: Error): CosmosError {
  const { name, host, port } = target;
  const message = `${host}, port ${port} (${name}) does not answer; check that the host is up and that no firewall is in between.`;
  return new CosmosError('host_timeout', message, { host: name, address: host, port }, { cause });
}

export function connectionLost(target: SshTarget, cause?: Error): CosmosError {
  const message = `The connection to ${target.name} was lost; check that the host and its sshd are up.`;
  return new CosmosError('host_connection_lost', message, { host: target.name }, { cause });
}

/** A jump host that cannot or may not connect to what lies behind it. */
export function jumpFailure(thrown: unknown, jump: SshTarget, target: SshTarget): CosmosError {
  const cause: SshError = coerceError(thrown);
  const isForbidden = cause.reason === ADMINISTRATIVELY_PROHIBITED;
  const why = isForbidden ? 'does not allow TCP forwarding' : 'cannot reach it';
  const remedy = isForbidden ? 'set AllowTcpForwarding yes there' : `check from there that ${target.host} is up`;
  const message = `The way to ${target.name} leads through ${jump.name}, which ${why} (${target.host}, port ${target.port}); ${remedy}.`;
  return new CosmosError('host_unreachable', message, { host: target.name, through: jump.name }, { cause });
}

/** A channel that the server did not open, or that could not start what it was opened for. */
export function channelFailure(thrown: unknown, target: SshTarget): CosmosError {
  const cause: SshError = coerceError(thrown);
  const data = { host: target.name };
  if (cause instanceof CosmosError) return cause;
  if (typeof cause.reason === 'number') {
    const message = `${target.name} opens no more channels on one connection; raise MaxSessions in its sshd_config.`;
    return new CosmosError('host_channel_limit', message, data, { cause });
  }
  if (/^unable to exec/i.test(cause.message)) {
    const message = `${target.name} lets nobody run commands: ${cause.message}. Check ForceCommand in its sshd_config.`;
    return new CosmosError('host_shell_failed', message, data, { cause });
  }
  return connectionLost(target, cause);
}
