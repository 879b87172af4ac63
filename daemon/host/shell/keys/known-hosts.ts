/** OpenSSH's known_hosts files: read, searched, and our own one written. Format: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CosmosError, coerceError, errnoOf } from '../../../errors.js';
import { writeFileAtomicSync } from '../../../write-file.js';
import { matchesHostname } from '../config/patterns.js';

export interface KnownHost {
  readonly file: string;
  /** Line in the file, from 1. */
  readonly line: number;
  readonly marker: string | undefined;
  /** "gpu1,10.0.0.5", patterns, or one hashed name. */
  readonly names: string;
  readonly keyType: string;
  readonly key: Buffer;
}

/** Every well-formed line of the files; OpenSSH skips the others too. A missing file has no lines. */
export function readKnownHosts(files: readonly string[]): KnownHost[] {
  return files.flatMap((file) => {
    const lines = readLines(file).map((text, index) => parseLine(text, file, index + 1));
    return lines.filter((line) => line !== undefined);
  });
}

/** Whether the line is about the host that known_hosts calls `name`. */
export function isAbout(known: KnownHost, name: string): boolean {
  const host = name.toLowerCase();
  const [, salt, hash] = /^\|1\|([^|]+)\|([^|]+)$/.exec(known.names) ?? [];
  if (salt === undefined || hash === undefined) return matchesHostname(known.names, host);
  const expected = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(host).digest();
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** As ssh-keygen -l prints it: "SHA256:...". */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** The type that a key blob begins with: "ssh-ed25519". */
export function keyTypeOf(key: Buffer): string {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0);
  return key.toString('latin1', 4, 4 + Math.min(length, 64));
}

/** Makes `key` the only key of the host in the file; a replaced key is no longer trusted. */
export function writeKnownHost(file: string, name: string, key: Buffer): void {
  const others = readLines(file).filter((text, index) => {
    const known = parseLine(text, file, index + 1);
    return text !== '' && (known === undefined || known.marker !== undefined || !isAbout(known, name));
  });
  const line = `${name.toLowerCase()} ${keyTypeOf(key)} ${key.toString('base64')}`;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileAtomicSync(file, `${[...others, line].join('\n')}\n`, { mode: 0o600 });
}

function parseLine(text: string, file: string, line: number): KnownHost | undefined {
  const [, marker, names, keyType, base64] =
    /^\s*(?:@(\S+)\s+)?([^#@\s]\S*)\s+(\S+)\s+([A-Za-z0-9+/=]+)/.exec(text) ?? [];
  if (names === undefined || keyType === undefined || base64 === undefined) return undefined;
  return { file, line, marker, names, keyType, key: Buffer.from(base64, 'base64') };
}

/** @throws CosmosError config_invalid when a file is there and cannot be read: it may hold a revoked key. */
function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return [];
    const message = `The list of known hosts ${file} cannot be read: ${coerceError(error).message}.`;
    throw new CosmosError('config_invalid', message, { file }, { cause: error });
  }
}
