/** Keys and certificates in files, as far as they can be read without asking the user. */
import { readFile } from 'node:fs/promises';
import ssh2 from 'ssh2';
import { coerceError, errnoOf } from '../../../errors.js';
import type { SshTarget } from '../target.js';
import { WireReader } from '../wire.js';
import type { Digest } from './agent.js';
import { type Certificate, parseCertificate } from './certificate.js';
import type { Keychain } from './keychain.js';
import { keyTypeOf } from './known-hosts.js';
import { signWith } from './signature.js';

export interface KeyFile {
  readonly file: string;
  readonly publicKey: Buffer;
  /** undefined = the file has no private part that signs by itself: a public key, or the handle of a security key. */
  readonly sign: ((data: Buffer, digest: Digest | undefined) => Promise<Buffer>) | undefined;
}

export interface CertificateFile {
  readonly file: string;
  readonly blob: Buffer;
  readonly certificate: Certificate;
  /** The key file that it is beside; undefined = the configuration names it. */
  readonly beside: string | undefined;
}

/** A key that exists but cannot be offered. */
export interface Unusable {
  readonly kind: 'certificate' | 'security key' | 'key';
  /** Which key, and why not, for the error sentence. */
  readonly clause: string;
}

export type Tell = (kind: Unusable['kind'], clause: string) => undefined;

/** The keys that the configuration names, or OpenSSH's default keys. */
export async function readKeyFiles(target: SshTarget, keychain: Keychain, tell: Tell): Promise<KeyFile[]> {
  const read = target.identityFiles.map(async (file) => {
    const text = await textOf(file, !target.identitiesNamed, tell);
    return text === undefined ? undefined : keyFile(file, text, keychain, tell);
  });
  return (await Promise.all(read)).filter((key) => key !== undefined);
}

/** Certificates beside the keys (id-cert.pub), and those that CertificateFile or IdentityFile names. */
export async function readCertificates(target: SshTarget, tell: Tell): Promise<CertificateFile[]> {
  const named = target.certificateFiles.map((file) => certificateFile(file, undefined, tell));
  const beside = target.identityFiles.map((key) => {
    if (key.endsWith('-cert.pub')) return certificateFile(key, undefined, () => undefined); // missing: the reader of keys reports it
    return certificateFile(`${key.replace(/\.pub$/, '')}-cert.pub`, key, tell);
  });
  const found = (await Promise.all([...named, ...beside])).filter((certificate) => certificate !== undefined);
  return found.filter(({ file }, index) => found.findIndex((other) => other.file === file) === index);
}

export function isSecurityKey(type: string): boolean {
  return type.startsWith('sk-');
}

async function keyFile(file: string, text: Buffer, keychain: Keychain, tell: Tell): Promise<KeyFile | undefined> {
  const listed = publicKeyIn(text);
  if (listed !== undefined) {
    return parseCertificate(listed) === undefined ? { file, publicKey: listed, sign: undefined } : undefined;
  }
  const key = ssh2.utils.parseKey(text);
  if (!(key instanceof Error)) {
    return { file, publicKey: key.getPublicSSH(), sign: async (data, digest) => signWith(key, data, digest) };
  }
  const publicKey = await publicPartOf(file, text);
  if (publicKey === undefined) return tell('key', whatElse(file, text));
  if (isSecurityKey(keyTypeOf(publicKey))) return { file, publicKey, sign: undefined };
  return { file, publicKey, sign: async (data, digest) => signWith(await keychain.unlock(file), data, digest) };
}

function whatElse(file: string, text: Buffer): string {
  if (text.toString('latin1', 0, 64).startsWith('PuTTY-User-Key-File-')) {
    return `${file} is a key of PuTTY; convert it with puttygen (Conversions, Export OpenSSH key)`;
  }
  return `${file} is no private key that can be used, or lacks its ${file}.pub`;
}

async function certificateFile(
  file: string,
  beside: string | undefined,
  tell: Tell,
): Promise<CertificateFile | undefined> {
  const text = await textOf(file, beside !== undefined, tell);
  if (text === undefined) return undefined;
  const blob = publicKeyIn(text);
  const certificate = blob === undefined ? undefined : parseCertificate(blob);
  if (blob === undefined || certificate === undefined)
    return tell('certificate', `${file} is no certificate that can be read`);
  return { file, blob, certificate, beside };
}

async function textOf(file: string, mayBeMissing: boolean, tell: Tell): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (mayBeMissing && errnoOf(error) === 'ENOENT') return undefined;
    return tell('key', `${file} cannot be read (${coerceError(error).message})`);
  }
}

const BEGIN = '-----BEGIN OPENSSH PRIVATE KEY-----';
const MAGIC = 'openssh-key-v1\0';

/** From a line like "ssh-ed25519 AAAA... comment"; undefined when the text is something else. */
function publicKeyIn(text: Buffer): Buffer | undefined {
  const [, type, base64] = /^\s*(\S+)\s+([A-Za-z0-9+/]+=*)(?:\s|$)/.exec(text.toString('latin1')) ?? [];
  const blob = Buffer.from(base64 ?? '', 'base64');
  return type !== undefined && keyTypeOf(blob) === type ? blob : undefined;
}

/**
 * The public part of a locked private key, so that its passphrase is asked only when a host accepts that key. From the
 * key file, since OpenSSH's own format does not encrypt that part; else from the file beside it (id.pub).
 */
async function publicPartOf(file: string, text: Buffer): Promise<Buffer | undefined> {
  const own = embedded(text.toString('latin1'));
  if (own !== undefined) return own;
  const beside = await readFile(`${file}.pub`).catch(() => undefined);
  return beside === undefined ? undefined : publicKeyIn(beside);
}

/** Layout (PROTOCOL.key of OpenSSH): magic, cipher, kdf, kdf options, number of keys, public key. */
function embedded(text: string): Buffer | undefined {
  const [, base64] = text.split(BEGIN);
  const bytes = Buffer.from((base64 ?? '').split('-----')[0] ?? '', 'base64');
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  try {
    const reader = new WireReader(bytes.subarray(MAGIC.length));
    for (let skipped = 0; skipped < 3; skipped++) reader.string();
    reader.uint32();
    return reader.string();
  } catch {
    return undefined; // cut off: no key
  }
}
