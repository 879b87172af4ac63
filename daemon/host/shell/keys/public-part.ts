/** Public keys in files: of a certificate, of a key that an agent has, or of one whose private part is locked. */
import { readFile } from 'node:fs/promises';
import { WireReader } from '../wire.js';
import { keyTypeOf } from './known-hosts.js';

const BEGIN = '-----BEGIN OPENSSH PRIVATE KEY-----';
const MAGIC = 'openssh-key-v1\0';

/** From a line like "ssh-ed25519 AAAA... comment"; undefined when the text is something else. */
export function publicKeyIn(text: Buffer): Buffer | undefined {
  const [, type, base64] = /^\s*(\S+)\s+([A-Za-z0-9+/]+=*)(?:\s|$)/.exec(text.toString('latin1')) ?? [];
  const blob = Buffer.from(base64 ?? '', 'base64');
  return type !== undefined && keyTypeOf(blob) === type ? blob : undefined;
}

/**
 * Of a private key that cannot be opened now, so that its passphrase is asked only when a host wants that key. From the
 * key itself, since OpenSSH's own format keeps that part in the clear; else from the file beside it (id.pub).
 */
export async function publicPartOf(file: string, text: Buffer): Promise<Buffer | undefined> {
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
