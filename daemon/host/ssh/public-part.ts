/** The public part of an encrypted key, so that its passphrase is asked only when a host wants that key. */
import { readFile } from 'node:fs/promises';
import ssh2, { type ParsedKey } from 'ssh2';

const BEGIN = '-----BEGIN OPENSSH PRIVATE KEY-----';
const MAGIC = 'openssh-key-v1\0';

/** From the file beside it (id.pub), else from the key itself: OpenSSH's own format keeps that part in the clear. */
export async function publicPartOf(file: string, text: Buffer): Promise<ParsedKey | undefined> {
  const beside = await readFile(`${file}.pub`).catch(() => undefined);
  const key = beside === undefined ? new Error('none') : ssh2.utils.parseKey(beside);
  return key instanceof Error ? embedded(text.toString('latin1')) : key;
}

/** Layout (PROTOCOL.key of OpenSSH): magic, cipher, kdf, kdf options, number of keys, public key. */
function embedded(text: string): ParsedKey | undefined {
  const [, base64] = text.split(BEGIN);
  const bytes = Buffer.from((base64 ?? '').split('-----')[0] ?? '', 'base64');
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  try {
    let at = MAGIC.length;
    for (let skipped = 0; skipped < 3; skipped++) at += 4 + bytes.readUInt32BE(at);
    at += 4;
    const blob = bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at));
    const key = ssh2.utils.parseKey(blob);
    return key instanceof Error ? undefined : key;
  } catch {
    return undefined; // cut off: no key
  }
}
