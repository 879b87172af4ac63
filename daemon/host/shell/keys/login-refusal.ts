/** Why a host refused the login: one sentence with the exact cause and the remedy. Pure. */
import { CosmosError } from '../../../errors.js';
import type { SshTarget } from '../target.js';
import { objectionToCertificate } from './certificate.js';
import type { Identities, Identity } from './identities.js';

/** Kinds of refusal, which have remedies of their own. */
export type LoginRefusal = 'keys' | 'no_key' | 'certificate' | 'signature' | 'method' | 'too_many' | 'answers';

/** What happened before the host refused. */
export interface LoginStory {
  readonly target: SshTarget;
  /** The command with which the user answers the host's questions. */
  readonly login: string;
  readonly identities: Identities;
  /** Methods that the host offered first; undefined = it said nothing. */
  readonly offered: readonly string[] | undefined;
  /** Methods that it still takes. */
  readonly left: readonly string[];
  /** What it accepted as one step of several. */
  readonly taken: readonly string[];
  /** Keys that the host accepts but that gave no signature, each with the reason. */
  readonly unsigned: readonly string[];
  /** Whether the user's answers were refused. */
  readonly isRefused: boolean;
  /** The host's last message that was not a question; may be empty. */
  readonly lastMessage: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const METHODS: Readonly<Record<string, string>> = {
  publickey: 'a key',
  password: 'a password',
  'keyboard-interactive': 'answers (keyboard-interactive)',
  'gssapi-with-mic': 'Kerberos (gssapi-with-mic)',
  'gssapi-keyex': 'Kerberos (gssapi-keyex)',
  hostbased: 'the key of your computer (hostbased)',
};

/** Methods that need the user's answers, of those that the host still accepts. */
export function askingMethods(left: readonly string[], { kbdInteractive }: SshTarget): string[] {
  return left.filter((method) => method === 'password' || (method === 'keyboard-interactive' && kbdInteractive));
}

/** @returns CosmosError host_auth_failed or host_asks */
export function loginRefused(story: LoginStory): CosmosError {
  const { target, login, offered = [], left, taken, unsigned, identities } = story;
  const { name, user } = target;
  const asking = askingMethods(left, target);
  if (story.isRefused) {
    return failed(story, 'answers', `${name} does not accept what was answered for ${user}.${quoted(story)}`);
  }
  if (asking.length > 0 && (taken.length > 0 || identities.keys.length === 0 || !offered.includes('publickey'))) {
    const before = taken.length === 0 ? `lets ${user} in by` : `took ${taken.join(' and ')} for ${user} and asks for`;
    const message = `${name} ${before} ${named(asking)}, which only a person can give. Log in with: ${login}`;
    const data = { host: name, user, methods: asking, login };
    return new CosmosError('host_asks', `${message}${notOffered(story)}`, data);
  }
  if (unsigned.length > 0) {
    const words = `${name} would let ${user} in by a key that gave no signature: ${unsigned.join('; ')}.`;
    const hint = ' Unlock the agent (ssh-add -X), and confirm or touch the key when it asks.';
    return failed(story, 'signature', `${words}${hint}`);
  }
  if (taken.length > 0)
    return failed(story, 'method', `${name} took ${taken.join(' and ')} for ${user} ${andMore(left)}`);
  if (!offered.includes('publickey')) {
    const words = `${name} takes no keys: it lets people in by ${named(offered)}, which cannot be used here; allow PubkeyAuthentication in its sshd_config.`;
    return failed(story, 'method', words);
  }
  if (!target.pubkeyAuthentication) {
    const words = `Keys are switched off for ${name} in the SSH configuration (PubkeyAuthentication or PreferredAuthentications), and it takes nothing else that can be used here.`;
    return failed(story, 'method', words);
  }
  if (identities.keys.length === 0) return noKey(story);
  return noneFits(story, asking);
}

/** The host disconnected because it was offered too many keys. */
export function tooManyKeys(story: LoginStory, cause: Error): CosmosError {
  const { name } = story.target;
  const words =
    `${name} refused after too many keys; name the right one with IdentityFile and IdentitiesOnly yes ` +
    `for this host in ~/.ssh/config.${objections(story).join('')}`;
  return failed(story, 'too_many', words, cause);
}

/** The user was asked, but the host disconnected before the answer. */
export function answerTooLate({ target: { name, user }, login }: LoginStory): CosmosError {
  const message = `${name} asked ${user} for more than a key and did not wait for the answer. Log in with: ${login}`;
  return new CosmosError('host_asks', message, { host: name, user, login });
}

export function passwordExpired({ name, user }: SshTarget): CosmosError {
  const message = `The password of ${user} on ${name} has expired; log in by hand (ssh) and choose another.`;
  return new CosmosError('host_auth_failed', message, { host: name, user, why: 'answers' satisfies LoginRefusal });
}

function noKey(story: LoginStory): CosmosError {
  const { target, identities } = story;
  const remarks = also([...identities.remarks, ...unusableMethods(story)]);
  if (identities.unusable.length > 0) {
    const words = `No key can be used to log in to ${target.name} as ${target.user}: ${clauses(story).join('; ')}.`;
    return failed(story, 'no_key', `${words}${remarks}`);
  }
  const words = `There is no key to log in to ${target.name} as ${target.user}; make one with ssh-keygen, or load one with ssh-add.`;
  return failed(story, 'no_key', `${words}${remarks}`);
}

function noneFits(story: LoginStory, asking: readonly string[]): CosmosError {
  const { target, login, identities } = story;
  const { name, user } = target;
  const certificates = identities.keys.filter(({ certificate }) => certificate !== undefined);
  const isPlain = certificates.length === 0 && identities.unusable.every(({ kind }) => kind === 'key');
  const advice = isPlain
    ? ` Check the user name, and that the public key is in that user's authorized_keys (ssh-copy-id puts it there).`
    : [...objections(story), ...certificates.map((key) => unexplained(key, story))].join('');
  const other = asking.length === 0 ? '' : ` It also takes ${named(asking)}: ${login}`;
  const words = `${name} lets ${user} in by none of these keys: ${labels(identities.keys)}.${notOffered(story)}${advice}`;
  return failed(
    story,
    isPlain ? 'keys' : 'certificate',
    `${words}${also([...identities.remarks, ...unusableMethods(story)])}${other}`,
  );
}

/** Login methods that ssh supports and we do not. */
function unusableMethods({ left, target }: LoginStory): string[] {
  const others = left.filter(
    (method) => method !== 'publickey' && method !== 'password' && method !== 'keyboard-interactive',
  );
  return others.length === 0 ? [] : [`${target.name} also takes ${named(others)}, which cannot be used here`];
}

function quoted({ lastMessage }: LoginStory): string {
  return lastMessage === '' ? '' : ` It says: ${lastMessage}`;
}

/** Keys that exist but were not offered. */
function notOffered(story: LoginStory): string {
  return story.identities.unusable.length === 0 ? '' : ` Not offered: ${clauses(story).join('; ')}.`;
}

function clauses({ identities }: LoginStory): string[] {
  return identities.unusable.map(({ clause }) => clause);
}

/** Why certificates cannot work, each a sentence with a space before it. */
function objections({ identities, target, now }: LoginStory): string[] {
  return identities.keys.flatMap(({ label, certificate }) => {
    const objection = certificate && objectionToCertificate(certificate, target.user, now);
    return objection === undefined ? [] : [` The ${label} ${objection}.`];
  });
}

/** About a certificate that looks good from here. */
function unexplained({ label, certificate }: Identity, { target, now }: LoginStory): string {
  if (certificate === undefined || objectionToCertificate(certificate, target.user, now) !== undefined) return '';
  const { keyId, authority, sourceAddress } = certificate;
  const from = sourceAddress === undefined ? '' : `, may be used from ${sourceAddress} only`;
  return (
    ` The ${label} ("${keyId}") is in order for ${target.user}${from}; check that the host trusts its authority ` +
    `${authority} (TrustedUserCAKeys) and has not revoked it.`
  );
}

function andMore(left: readonly string[]): string {
  if (left.length === 1 && left[0] === 'publickey') {
    return 'and asks for another key as well (AuthenticationMethods in its sshd_config); no other one fits.';
  }
  return `and asks for more than a key: ${named(left)}, which cannot be used here; see AuthenticationMethods in its sshd_config.`;
}

function failed(story: LoginStory, why: LoginRefusal, message: string, cause?: Error): CosmosError {
  const { target, identities, offered = [], login } = story;
  const remarks = [...clauses(story), ...identities.remarks];
  const data = { host: target.name, user: target.user, why, login, tried: identities.keys.map(({ label }) => label) };
  return new CosmosError('host_auth_failed', message, { ...data, remarks, offered: [...offered] }, { cause });
}

function labels(keys: readonly Identity[]): string {
  return keys.map(({ label }) => label).join(', ');
}

function named(methods: readonly string[]): string {
  return methods.length === 0 ? 'nothing' : methods.map((method) => METHODS[method] ?? method).join(' or ');
}

function also(remarks: readonly string[]): string {
  return remarks.length === 0 ? '' : ` Also: ${remarks.join('; ')}.`;
}
