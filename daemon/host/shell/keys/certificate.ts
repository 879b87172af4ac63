/**
 * OpenSSH's certificates (PROTOCOL.certkeys): a public key with a name, an owner and a time, signed by an authority. What
 * fields are read so that a refusal can be explained; the signature is not verified, because the host does that.
 */

import { WireReader, wireString } from '../wire.js';
import { fingerprintOf, keyTypeOf } from './known-hosts.js';

const SUFFIX = '-cert-v01@openssh.com';
/** Fields of the public key in it, by the type of that key. */
const KEY_FIELDS: Readonly<Record<string, number>> = {
  'ssh-rsa': 2,
  'ssh-ed25519': 1,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
  'sk-ssh-ed25519@openssh.com': 2,
  'sk-ecdsa-sha2-nistp256@openssh.com': 3,
};
const USER = 1;

export interface Certificate {
  /** Its owner in the authority's words: "me@laptop". */
  readonly keyId: string;
  readonly isForUsers: boolean;
  /** Accounts, or names that a host maps to accounts; empty = none. */
  readonly principals: readonly string[];
  /** Seconds since 1970. */
  readonly validAfter: bigint;
  /** Seconds since 1970; not valid from this second on. */
  readonly validBefore: bigint;
  /** Addresses from which alone it may be used: "10.0.0.0/8"; undefined = from everywhere. */
  readonly sourceAddress: string | undefined;
  /** The key that is certified, as a key of its own. */
  readonly key: Buffer;
  /** "SHA256:..." of the authority's key. */
  readonly authority: string;
}

/** The type of the key below a certificate's: "ssh-ed25519"; undefined when it is no type of a certificate. */
export function certifiedType(type: string): string | undefined {
  if (!type.endsWith(SUFFIX)) return undefined;
  const base = type.slice(0, -SUFFIX.length);
  return base.startsWith('sk-') ? `${base}@openssh.com` : base;
}

/** undefined when the bytes are no certificate, or one with an unknown type of key. */
export function parseCertificate(blob: Buffer): Certificate | undefined {
  const type = certifiedType(keyTypeOf(blob));
  const fields = type === undefined ? undefined : KEY_FIELDS[type];
  if (type === undefined || fields === undefined) return undefined;
  try {
    const reader = new WireReader(blob);
    reader.string(); // type
    reader.string(); // nonce
    const key = Buffer.concat([type, ...Array.from({ length: fields }, () => reader.string())].map(wireString));
    reader.uint64(); // serial
    const isForUsers = reader.uint32() === USER;
    const keyId = reader.text();
    const principals = textsIn(reader.string());
    const [validAfter, validBefore] = [reader.uint64(), reader.uint64()];
    const sourceAddress = optionIn(reader.string(), 'source-address');
    reader.string(); // extensions
    reader.string(); // reserved
    const authority = fingerprintOf(reader.string());
    return { keyId, isForUsers, principals, validAfter, validBefore, sourceAddress, key, authority };
  } catch {
    return undefined; // cut off
  }
}

/** Why the certificate cannot work, as the end of "The certificate X ..."; undefined when it looks good. */
export function objectionToCertificate(certificate: Certificate, user: string, now: number): string | undefined {
  const { isForUsers, principals, validAfter, validBefore } = certificate;
  const seconds = BigInt(Math.floor(now / 1000));
  if (!isForUsers) return 'is one for hosts, not for users; ask for a user certificate (ssh-keygen -s without -h)';
  if (seconds >= validBefore) return `expired on ${day(validBefore)}; get a new one`;
  if (seconds < validAfter) return `is not valid before ${day(validAfter)}; check the clock of this computer too`;
  if (principals.length === 0) return `is for nobody: it names no principal; ask for one with -n ${user}`;
  if (!principals.includes(user)) {
    return `is for ${principals.join(', ')}, not for ${user}; log in as one of those, or ask for one with -n ${user}`;
  }
  return undefined;
}

function textsIn(packed: Buffer): string[] {
  const reader = new WireReader(packed);
  const texts: string[] = [];
  while (!reader.isDone) texts.push(reader.text());
  return texts;
}

/** Options are pairs: a name, and a value that is wrapped in one more string. */
function optionIn(packed: Buffer, name: string): string | undefined {
  const reader = new WireReader(packed);
  while (!reader.isDone) {
    const [found, value] = [reader.text(), reader.string()];
    if (found === name) return new WireReader(value).text();
  }
  return undefined;
}

/** "2026-11-30 16:04 UTC"; a time beyond the calendar means "for ever". */
function day(seconds: bigint): string {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? 'no day' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
