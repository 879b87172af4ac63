/** Whether the key that a host shows is the known one; checked before any data is sent to the host. */
import type { ServerHostKeyAlgorithm } from 'ssh2';
import { CosmosError } from '../../../errors.js';
import { shellWord } from '../../probe/shell-word.js';
import type { SshTarget } from '../target.js';
import { fingerprintOf, isAbout, type KnownHost, keyTypeOf } from './known-hosts.js';

/** Signature algorithms by the type of host key that they sign with; SHA-1 is left out. */
const ALGORITHMS: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

/**
 * Host key algorithms to offer, those of known keys first: else a host with several keys could show a key that we do
 * not know, and would look like another host.
 */
export function algorithmsFor(target: SshTarget, known: readonly KnownHost[]): ServerHostKeyAlgorithm[] {
  const types = new Set(about(target, known).map(({ keyType }) => keyType));
  const order = Object.keys(ALGORITHMS).sort((a, b) => Number(types.has(b)) - Number(types.has(a)));
  return order.flatMap((type) => ALGORITHMS[type] ?? []);
}

/** Why the key is refused; undefined when it is known and good. */
export function objectionTo(key: Buffer, target: SshTarget, known: readonly KnownHost[]): CosmosError | undefined {
  const revoked = known.find(
    (line) => line.marker === 'revoked' && line.key.equals(key) && isAbout(line, target.knownAs),
  );
  if (revoked !== undefined) return isRevoked(key, target, revoked);
  const trusted = about(target, known);
  if (trusted.some((line) => line.key.equals(key))) return undefined;
  const [first] = trusted;
  if (first !== undefined) return hasChanged(key, target, [first, ...trusted.slice(1)]);
  return isUnknown(key, target, known);
}

/** The command that trusts a key. */
export function trustCommand(target: SshTarget, key: Buffer): string {
  return `cosmos host trust ${shellWord(target.name)} ${fingerprintOf(key)}`;
}

function about(target: SshTarget, known: readonly KnownHost[]): KnownHost[] {
  return known.filter((line) => line.marker === undefined && isAbout(line, target.knownAs));
}

function isRevoked(key: Buffer, target: SshTarget, line: KnownHost): CosmosError {
  const message =
    `The key of ${target.name} (${fingerprintOf(key)}) is revoked in ${line.file}, line ${line.line}. ` +
    'Nothing was sent to the host; ask who runs it for its new key.';
  return new CosmosError('host_key_revoked', message, facts(key, target));
}

/** A host that is known only by another type of key counts as changed: it was asked for the known type first. */
function hasChanged(key: Buffer, target: SshTarget, known: readonly [KnownHost, ...KnownHost[]]): CosmosError {
  const [first] = known;
  const message =
    `The key of ${target.name} has changed: known is ${fingerprintOf(first.key)} (${first.file}, line ${first.line}), ` +
    `shown was ${fingerprintOf(key)}. Somebody may be in between; nothing was sent to the host. ` +
    `If the host was installed anew, trust it with: ${trustCommand(target, key)}`;
  const places = known.map((line) => ({ fingerprint: fingerprintOf(line.key), file: line.file, line: line.line }));
  return new CosmosError('host_key_changed', message, { ...facts(key, target), known: places });
}

function isUnknown(key: Buffer, target: SshTarget, known: readonly KnownHost[]): CosmosError {
  const vouched = known.find((line) => line.marker === 'cert-authority' && isAbout(line, target.knownAs));
  const authority =
    vouched === undefined
      ? ''
      : ` ssh may know it by the certificate authority in ${vouched.file}, line ${vouched.line}; certificates of hosts are not read here, so its key itself has to be trusted once.`;
  const message =
    `The key of ${target.name} is not known: ${keyTypeOf(key)} ${fingerprintOf(key)}.${authority} ` +
    `Nothing was sent to the host. Compare it with what the host's owner says, then trust it with: ${trustCommand(target, key)}`;
  return new CosmosError('host_key_unknown', message, facts(key, target));
}

function facts(key: Buffer, target: SshTarget) {
  return {
    host: target.name,
    knownAs: target.knownAs,
    keyType: keyTypeOf(key),
    fingerprint: fingerprintOf(key),
    trust: trustCommand(target, key),
  };
}
