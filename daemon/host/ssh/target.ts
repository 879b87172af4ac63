/** From the `ssh` field of a host to everything that is needed to reach it, as OpenSSH's own client would. */
import path from 'node:path';
import { CosmosError } from '../../errors.js';
import { type HostSettings, readSettings } from './config.js';
import type { SshEnvironment } from './environment.js';
import { expandPath, expandTokens, type Tokens } from './tokens.js';

/** Keys tried when none is named, newest kind first. */
const DEFAULT_KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa', 'id_ed25519_sk', 'id_ecdsa_sk'];
const MAX_HOPS = 8;
/** Seconds, when ConnectTimeout does not say otherwise. */
const CONNECT_SECONDS = 15;

export interface SshTarget {
  /** As the user wrote it: what sentences and commands name. */
  readonly name: string;
  /** What is dialled. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** 4 or 6 when AddressFamily asks for it. */
  readonly family: 4 | 6 | undefined;
  /** Absolute paths of private keys (or of public ones whose private part an agent holds). */
  readonly identityFiles: readonly string[];
  /** Whether the files were named; a missing default key is no news. */
  readonly identitiesNamed: boolean;
  readonly identitiesOnly: boolean;
  /** Absolute paths of the certificates that CertificateFile names; the one beside a key is not among them. */
  readonly certificateFiles: readonly string[];
  /** false when PubkeyAuthentication or PreferredAuthentications rules keys out. */
  readonly pubkeyAuthentication: boolean;
  /** false when KbdInteractiveAuthentication or PreferredAuthentications rules questions of the host out. */
  readonly kbdInteractive: boolean;
  readonly agentSocket: string | undefined;
  /** What known_hosts files call this host: "gpu1", "[gpu1]:2222" or its HostKeyAlias. */
  readonly knownAs: string;
  readonly knownHostsFiles: readonly string[];
  /** Hosts to go through, the nearest first; they have no jumps of their own. */
  readonly jumps: readonly SshTarget[];
  readonly connectMs: number;
}

/**
 * Resolves "alias", "user@host", "user@host:port" or "user@[::1]:port" through the SSH configuration.
 * @throws CosmosError config_invalid when the configuration makes no sense or wants what is not supported.
 */
export function resolveTarget(ssh: string, environment: SshEnvironment): SshTarget {
  return resolve(ssh, environment, 0);
}

function resolve(ssh: string, environment: SshEnvironment, hops: number): SshTarget {
  if (hops > MAX_HOPS) throw new CosmosError('config_invalid', `ProxyJump of "${ssh}" goes in a circle.`, { ssh });
  const typed = parseTarget(ssh);
  const settings = readSettings(typed, environment);
  const user = typed.user ?? settings.first('user') ?? environment.localUser;
  const port = typed.port ?? parsePort(settings.first('port') ?? '22', ssh);
  const host = expandTokens(settings.first('hostname') ?? typed.host, { h: typed.host });
  const alias = settings.first('hostkeyalias');
  const tokens = tokensOf({ host, port, user, typed: typed.host, alias }, environment);
  const named = settings.all('identityfile')?.filter((file) => file.toLowerCase() !== 'none');
  const defaults = DEFAULT_KEYS.map((name) => path.join(environment.home, '.ssh', name));
  return {
    name: ssh,
    host,
    port,
    user,
    family: familyOf(settings.first('addressfamily')),
    identityFiles: named?.map((file) => expandPath(file, tokens, environment)) ?? defaults,
    identitiesNamed: named !== undefined,
    identitiesOnly: settings.first('identitiesonly')?.toLowerCase() === 'yes',
    certificateFiles: certificatesOf(settings, tokens, environment),
    pubkeyAuthentication: isMethodOn(settings, 'publickey', ['pubkeyauthentication']),
    kbdInteractive: isMethodOn(settings, 'keyboard-interactive', [
      'kbdinteractiveauthentication',
      'challengeresponseauthentication',
    ]),
    agentSocket: agentOf(settings, tokens, environment),
    knownAs: alias ?? (port === 22 ? host : `[${host}]:${port}`),
    knownHostsFiles: knownHostsOf(settings, tokens, environment),
    jumps: jumpsOf(ssh, settings, environment, hops),
    connectMs: Number(settings.first('connecttimeout') ?? CONNECT_SECONDS) * 1000 || CONNECT_SECONDS * 1000,
  };
}

function parseTarget(ssh: string) {
  const [, user, bracketed, plain, port] =
    /^(?:([^@]+)@)?(?:\[([^\]]+)\]|([^:@[\]]+|[^@[\]]*:[^@[\]]*:[^@[\]]*))(?::(\d+))?$/.exec(ssh) ?? [];
  const host = bracketed ?? plain;
  // A leading dash would be an option to any ssh program that a user is told to call with this name.
  if (host === undefined || /^-|\s/.test(host) || user?.startsWith('-')) {
    throw new CosmosError('config_invalid', `"${ssh}" is not an SSH host; write alias, user@host or user@host:port.`, {
      ssh,
    });
  }
  return { user, host, port: port === undefined ? undefined : parsePort(port, ssh) };
}

function parsePort(text: string, ssh: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new CosmosError('config_invalid', `"${text}" is not a port; see "${ssh}" in the SSH configuration.`, { ssh });
}

interface Names {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly typed: string;
  readonly alias: string | undefined;
}

function tokensOf(names: Names, environment: SshEnvironment): Tokens {
  return {
    h: names.host,
    p: String(names.port),
    r: names.user,
    n: names.typed,
    k: names.alias ?? names.typed,
    u: environment.localUser,
    d: environment.home,
    l: environment.localHost,
    L: environment.localHost.split('.')[0] ?? environment.localHost,
  };
}

function certificatesOf(settings: HostSettings, tokens: Tokens, environment: SshEnvironment): string[] {
  const named = settings.all('certificatefile')?.filter((file) => file.toLowerCase() !== 'none') ?? [];
  return named.map((file) => expandPath(file, tokens, environment));
}

function isMethodOn(settings: HostSettings, method: string, switches: readonly string[]): boolean {
  const preferred = settings.first('preferredauthentications')?.split(',');
  if (preferred?.includes(method) === false) return false;
  return switches.every((keyword) => settings.first(keyword)?.toLowerCase() !== 'no');
}

function familyOf(setting: string | undefined): 4 | 6 | undefined {
  if (setting?.toLowerCase() === 'inet') return 4;
  return setting?.toLowerCase() === 'inet6' ? 6 : undefined;
}

function agentOf(settings: HostSettings, tokens: Tokens, environment: SshEnvironment): string | undefined {
  const setting = settings.first('identityagent') ?? 'SSH_AUTH_SOCK';
  if (setting.toLowerCase() === 'none') return undefined;
  if (setting === 'SSH_AUTH_SOCK') return environment.variables.SSH_AUTH_SOCK || environment.defaultAgent;
  const variable = /^\$(\w+)$/.exec(setting)?.[1];
  if (variable !== undefined) return environment.variables[variable] || undefined;
  return expandPath(setting, tokens, environment);
}

function knownHostsOf(settings: HostSettings, tokens: Tokens, environment: SshEnvironment): string[] {
  const user = settings.all('userknownhostsfile') ?? ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'];
  const system = settings.all('globalknownhostsfile') ?? environment.systemKnownHosts;
  const files = [...user, ...system].filter((file) => file.toLowerCase() !== 'none');
  return files.map((file) => expandPath(file, tokens, environment));
}

function jumpsOf(ssh: string, settings: HostSettings, environment: SshEnvironment, hops: number): SshTarget[] {
  const jump = settings.first('proxyjump');
  const command = settings.first('proxycommand');
  if (jump === undefined && command !== undefined && command.toLowerCase() !== 'none') {
    const message = `The SSH configuration of "${ssh}" uses ProxyCommand, which is not run; use ProxyJump instead.`;
    throw new CosmosError('config_invalid', message, { ssh });
  }
  if (jump === undefined || jump.toLowerCase() === 'none') return [];
  const chain = jump.split(',').map((hop) => resolve(hop.trim(), environment, hops + 1));
  // Only the first hop is reached by its own configuration's jumps; the others are reached through it.
  const [first] = chain;
  return [...(first?.jumps ?? []), ...chain.map((hop) => ({ ...hop, jumps: [] }))];
}
