/** One key as ssh2 is to offer it. */
import ssh2, { type ParsedKey, type SignCallback, type SigningRequestOptions } from 'ssh2';
import { coerceError } from '../../../errors.js';
import { WireReader } from '../wire.js';
import type { Digest } from './agent.js';
import { certifiedType } from './certificate.js';
import { type Identity, isPlain } from './identities.js';
import { keyTypeOf } from './known-hosts.js';
import { offeredKey } from './user-auth.js';

/** What RSA signs by SHA-1. */
const SHA1 = 'ssh-rsa';

/**
 * Acts as an agent towards ssh2: the host first says whether it accepts the key, and only then do we sign. So the
 * passphrase is asked only for a key that the host accepts.
 */
export class OneKey extends ssh2.BaseAgent {
  constructor(
    private readonly identity: Identity,
    /** undefined = the request was sent already. */
    private readonly signature: (data: Buffer, digest: Digest | undefined) => Promise<Buffer | undefined>,
  ) {
    super();
  }

  override getIdentities(done: (error: undefined, keys: ParsedKey[]) => void): void {
    done(undefined, [offeredKey(requestAlgorithm(this.identity.blob), this.identity.blob)]);
  }

  override sign(
    _publicKey: unknown,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    callback?: SignCallback,
  ): void {
    const [digest, done] = typeof options === 'function' ? [undefined, options] : [options.hash, callback];
    this.signature(data, digest).then(
      (signature) => signature && done?.(undefined, signature),
      (error: unknown) => done?.(coerceError(error)),
    );
  }
}

/** @returns the name of the algorithm and the signature @throws Error when SHA-2 was wanted and SHA-1 came */
export async function signatureOf(identity: Identity, data: Buffer, digest: Digest | undefined): Promise<Buffer> {
  const wanted = isPlain(identity) ? digest : 'sha512';
  const signature = await identity.sign(data, wanted);
  if (wanted === undefined || wanted === 'sha1' || new WireReader(signature).text() !== SHA1) return signature;
  throw new Error('it signs by SHA-1, which the host does not take');
}

/** The signature without the name of its algorithm, which ssh2 writes itself. */
export function bare(signature: Buffer): Buffer {
  const reader = new WireReader(signature);
  reader.string();
  return reader.string();
}

/** As the type of the key, but for a certificate of an RSA key, whose type still names SHA-1. */
function requestAlgorithm(blob: Buffer): string {
  const type = keyTypeOf(blob);
  return certifiedType(type) === SHA1 ? 'rsa-sha2-512-cert-v01@openssh.com' : type;
}
