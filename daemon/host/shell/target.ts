/** From the `ssh` field of a host to everything that is needed to reach it, as OpenSSH's own client would. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { CosmosError } from '../../errors.js';
import { familyOf, type HostConfiguration, readSettings } from './config/config.js';
import { type Destination, parseDestination } from './config/destination.js';
import type { SshEnvironment } from './config/environment.js';
import { type Hop, parseHops } from './config/jump-list.js';
import { configInvalid } from './config/position.js';
import type { HostSettings } from './config/settings.js';
import { expandAll, expandHome, expandPath, expandTokens, type Tokens, type Written } from './config/tokens.js';
import { unfollowedSettings } from './unfollowed-settings.js';

/** Keys tried when none is configured, newest kind first; keys that the user must touch come last. */
const DEFAULT_KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa', 'id_ed25519_sk', 'id_ecdsa_sk'];
const MAX_HOPS = 8;
/** Default of ConnectTimeout, in seconds: the user waits, and ssh's own default is about two minutes. */
const CONNECT_SECONDS = 15;
/** The longest that a timer of Node can be, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

export interface SshTarget {
  /** As the user wrote it: for sentences and commands. */
  readonly name: string;
  /** The name or address that we connect to. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** 4 or 6 when AddressFamily asks for it. */
  readonly family: 4 | 6 | undefined;
  /** Absolute paths of private keys (or of public ones whose private part an agent holds). */
  readonly identityFiles: readonly string[];
  /** Whether the configuration names the files; a missing default key is not reported. */
  readonly identitiesNamed: boolean;
  readonly identitiesOnly: boolean;
  /** Absolute paths of the certificates that CertificateFile names; the one beside a key is not among them. */
  readonly certificateFiles: readonly string[];
  /** false when PubkeyAuthentication or PreferredAuthentications excludes keys. */
  readonly pubkeyAuthentication: boolean;
  /** false when KbdInteractiveAuthentication, PreferredAuthentications or BatchMode excludes questions of the host. */
  readonly kbdInteractive: boolean;
  readonly agentSocket: string | undefined;
  /** What known_hosts files call this host: "gpu1", "[gpu1]:2222" or its HostKeyAlias. */
  readonly knownAs: string;
  readonly knownHostsFiles: readonly string[];
  /** Hosts to go through, the nearest first; they have no jumps of their own. */
  readonly jumps: readonly SshTarget[];
  readonly connectMs: number;
  /** Where ssh may act differently with this configuration: sentences with file and line, without full stop. */
  readonly remarks: readonly string[];
}

/**
 * Resolves an alias, user@host:port or an ssh:// URI through the SSH configuration.
 * @throws CosmosError config_invalid when the configuration is not valid or needs a feature that we do not support.
 */
export function resolveTarget(ssh: string, environment: SshEnvironment): SshTarget {
  return resolve(ssh, parseDestination(ssh), environment, 0, false);
}

function resolve(
  name: string,
  typed: Destination,
  environment: SshEnvironment,
  hops: number,
  isReached: boolean,
): SshTarget {
  if (hops > MAX_HOPS) throw circle(name);
  const configuration = readSettings(typed, environment, isReached);
  const { settings, host } = configuration;
  const user = settings.value('user') ?? environment.localUser;
  const port = Number(settings.value('port') ?? 22);
  const alias = settings.value('hostkeyalias')?.toLowerCase();
  const through = hopsOf(name, settings);
  const last = through.at(-1);
  if (last?.host === host && (last.port ?? 22) === port && (last.user ?? user) === user) throw circle(name);
  const tokens = tokensOf({ host, port, user, typed: typed.host, alias, jump: last?.host ?? '' }, environment);
  const inFull = (written: Written) => expandPath(written, tokens, environment);
  const named = filesOf(settings, 'identityfile')?.map(inFull);
  const jumps = jumpsOf(through, tokens, environment, hops);
  return {
    ...{ name, host, port, user },
    family: familyOf(settings),
    identityFiles: named ?? DEFAULT_KEYS.map((key) => path.join(environment.home, '.ssh', key)),
    identitiesNamed: named !== undefined,
    identitiesOnly: settings.value('identitiesonly') === 'yes',
    certificateFiles: filesOf(settings, 'certificatefile')?.map(inFull) ?? [],
    pubkeyAuthentication: isPreferred(settings, 'publickey') && settings.value('pubkeyauthentication') !== 'no',
    kbdInteractive:
      isPreferred(settings, 'keyboard-interactive') &&
      settings.value('kbdinteractiveauthentication') !== 'no' &&
      settings.value('batchmode') !== 'yes',
    agentSocket: agentOf(settings, tokens, environment),
    knownAs: alias ?? (port === 22 ? host : `[${host}]:${port}`),
    knownHostsFiles: knownHostsOf(settings, inFull, environment),
    jumps,
    connectMs: Math.min(Number(settings.value('connecttimeout') ?? 0) * 1000 || CONNECT_SECONDS * 1000, LONGEST_MS),
    remarks: remarksOf(configuration, jumps),
  };
}

function circle(ssh: string): CosmosError {
  const message = `ProxyJump of "${ssh}" goes in a circle: give the host in between a Host block with ProxyJump none.`;
  return new CosmosError('config_invalid', message, { ssh });
}

/** The files of a setting, without "none"; undefined when no line sets it. */
function filesOf(settings: HostSettings, keyword: string): readonly Written[] | undefined {
  return settings.all(keyword)?.filter(({ value }) => value.toLowerCase() !== 'none');
}

function isPreferred(settings: HostSettings, method: string): boolean {
  return settings.value('preferredauthentications')?.split(',').includes(method) ?? true;
}

interface Names {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly typed: string;
  readonly alias: string | undefined;
  /** The last host on the way, as it is written; empty when there is none. */
  readonly jump: string;
}

function tokensOf({ host, port, user, typed, alias, jump }: Names, environment: SshEnvironment): Tokens {
  const { localHost, localUser, localUid, home } = environment;
  return {
    C: createHash('sha1').update(`${localHost}${host}${port}${user}${jump}`).digest('hex'),
    L: localHost.split('.', 1)[0] ?? localHost,
    d: home,
    h: host,
    i: localUid,
    j: jump,
    k: alias ?? typed,
    l: localHost,
    n: typed,
    p: String(port),
    r: user,
    u: localUser,
  };
}

/** Only the exact words "none" and variable names are special; "$NAME" is the older form of a variable. */
function agentOf(settings: HostSettings, tokens: Tokens, environment: SshEnvironment): string | undefined {
  const { variables, defaultAgent, home } = environment;
  const setting = settings.first('identityagent');
  const socket = setting === undefined ? 'SSH_AUTH_SOCK' : agentPath(setting, tokens, environment);
  if (socket === 'none') return undefined;
  if (socket === 'SSH_AUTH_SOCK') return variables.SSH_AUTH_SOCK || defaultAgent;
  const variable = /^\$([A-Za-z0-9_]+)$/.exec(socket)?.[1];
  return variable === undefined ? path.resolve(home, socket) : variables[variable] || undefined;
}

function agentPath(setting: Written, tokens: Tokens, environment: SshEnvironment): string {
  const value = expandHome(setting, environment);
  return expandAll({ ...setting, value }, tokens, environment.variables);
}

/** The user's files, then the system's; in the names of the latter only the home folder is expanded. */
function knownHostsOf(
  settings: HostSettings,
  inFull: (file: Written) => string,
  environment: SshEnvironment,
): string[] {
  const user = filesOf(settings, 'userknownhostsfile')?.map(inFull);
  const system = filesOf(settings, 'globalknownhostsfile')?.map((file) => {
    return path.resolve(environment.home, expandHome(file, environment));
  });
  const usual = ['known_hosts', 'known_hosts2'].map((file) => path.join(environment.home, '.ssh', file));
  return [...(user ?? usual), ...(system ?? environment.systemKnownHosts)];
}

/** Hosts to go through, as they are written. @throws CosmosError config_invalid for ProxyCommand, which is not run. */
function hopsOf(name: string, settings: HostSettings): readonly Hop[] {
  const command = settings.first('proxycommand');
  if (command !== undefined && command.value.toLowerCase() !== 'none') {
    const instead = jumpInstead(command.value) ?? 'use ProxyJump instead';
    throw configInvalid(command.position, `the way to ${name} is a ProxyCommand, which is not run here; ${instead}`);
  }
  const setting = settings.first('proxyjump');
  return (setting === undefined ? undefined : parseHops(setting.value)) ?? [];
}

/** The common ProxyCommand that equals a jump: ssh -W %h:%p gateway. */
function jumpInstead(command: string): string | undefined {
  const hop = /^ssh\s(?=.*-W\s*\S*%h)(?:.*\s)?([^\s%'"-][^\s%'"]*)$/.exec(command)?.[1];
  return hop === undefined ? undefined : `write ProxyJump ${hop} instead`;
}

/** Only the first hop is reached by its own configuration's jumps; the others are reached through it. */
function jumpsOf(hops: readonly Hop[], tokens: Tokens, environment: SshEnvironment, depth: number): SshTarget[] {
  const position = { file: '', line: 0, shown: 'ProxyJump' };
  const known = { h: tokens.h ?? '', k: tokens.k ?? '', n: tokens.n ?? '', p: tokens.p ?? '', r: tokens.r ?? '' };
  const chain = hops.map((hop, at) => {
    const fill = (value: string) => expandTokens({ value, position }, known);
    const typed = { ...hop, user: hop.user === undefined ? undefined : fill(hop.user), host: fill(hop.host) };
    return resolve(fill(hop.text), typed, environment, depth + 1, at > 0);
  });
  return [...(chain[0]?.jumps ?? []), ...chain.map((hop) => ({ ...hop, jumps: [] }))];
}

function remarksOf({ settings, remarks }: HostConfiguration, jumps: readonly SshTarget[]): string[] {
  const ofJumps = jumps.flatMap((jump) => jump.remarks);
  return [...new Set([...remarks, ...unfollowedSettings(settings), ...ofJumps])];
}
