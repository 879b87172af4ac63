/** Signs with a private key from a file; the signature has the form that agents use. */
import { sign as signBy } from 'node:crypto';
import type { ParsedKey } from 'ssh2';
import { mpint, wireString } from '../wire.js';
import type { Digest } from './agent.js';

const RSA = { sha1: 'ssh-rsa', sha256: 'rsa-sha2-256', sha512: 'rsa-sha2-512' } as const;
/** Hash by curve (RFC 5656, 6.2.1). */
const CURVES: Readonly<Record<string, string>> = {
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
};

/** The name of the algorithm, and the signature. @throws Error when the system's OpenSSL cannot make it. */
export function signWith(key: ParsedKey, data: Buffer, digest: Digest = 'sha1'): Buffer {
  const algorithm = key.type === 'ssh-rsa' ? RSA[digest] : key.type;
  return Buffer.concat([wireString(algorithm), wireString(signed(key, data, digest))]);
}

function signed(key: ParsedKey, data: Buffer, digest: Digest): Buffer {
  const hash = CURVES[key.type];
  if (hash !== undefined) {
    // r and s, each half of the bytes
    const both = signBy(hash, data, { key: key.getPrivatePEM(), dsaEncoding: 'ieee-p1363' });
    return Buffer.concat([mpint(both.subarray(0, both.length / 2)), mpint(both.subarray(both.length / 2))]);
  }
  const signature: Buffer | Error = key.sign(data, key.type === 'ssh-rsa' ? digest : undefined);
  if (signature instanceof Error) throw signature;
  return signature;
}
