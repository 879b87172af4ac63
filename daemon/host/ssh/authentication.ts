/** Public key authentication and its story, so that a refusal can say what was tried. */
import ssh2, {
  type AgentAuthMethod,
  type AuthenticationType,
  type AuthHandlerMiddleware,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';
import { CosmosError, coerceError } from '../../errors.js';
import { type Digest, type Identities, isSameKey } from './identities.js';
import type { SshTarget } from './target.js';

type PublicKey = string | Buffer | ParsedKey;

/**
 * Offers the keys to ssh2 as an agent does: the host first says whether it would take a public key, and only then is
 * a signature made; so a passphrase is asked for a key that opens the door, and for no other.
 */
export class Authentication extends ssh2.BaseAgent {
  /** Methods that the host offers; undefined until it has said so. */
  private offered: readonly string[] | undefined;
  private started = false;
  private readonly signedBy: string[] = [];
  private refusal: CosmosError | undefined;

  /** @param whileSigning told before and after a signature, which may take as long as a person takes. */
  constructor(
    private readonly target: SshTarget,
    private readonly identities: Identities,
    private readonly whileSigning: (busy: boolean) => void,
  ) {
    super();
  }

  readonly handler: AuthHandlerMiddleware = (methods, _partial, next) => next(this.nextMethod(methods));

  override getIdentities(done: (error: undefined, keys: ParsedKey[]) => void): void {
    done(
      undefined,
      this.identities.keys.map(({ publicKey }) => publicKey),
    );
  }

  override sign(
    publicKey: PublicKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    callback?: SignCallback,
  ): void {
    const [hash, done] = typeof options === 'function' ? [undefined, options] : [options.hash, callback];
    this.signature(publicKey, data, hash).then(
      (signature) => done?.(undefined, signature),
      (error: unknown) => done?.(coerceError(error)),
    );
  }

  /** Why no key opened the door. */
  failure(): CosmosError {
    if (this.refusal !== undefined) return this.refusal;
    const { name, user } = this.target;
    const tried = this.identities.keys.map(({ label }) => label);
    const data = { host: name, user, tried, remarks: [...this.identities.remarks], offered: [...(this.offered ?? [])] };
    return new CosmosError('host_auth_failed', this.sentence(tried), data);
  }

  /** First "none", as OpenSSH does, to learn the methods; then the keys; never a password. */
  private nextMethod(methods: readonly string[] | null): AuthenticationType | AgentAuthMethod {
    if (methods === null) return 'none';
    this.offered ??= methods;
    const mayTry = !this.started && this.offered.includes('publickey');
    this.started = true;
    if (mayTry) return { type: 'agent', username: this.target.user, agent: this };
    const noneLeft: unknown = false;
    return noneLeft as AuthenticationType; // ssh2 ends the attempt at false, which its types leave out
  }

  private sentence(tried: readonly string[]): string {
    const { name, user } = this.target;
    const remarks = this.identities.remarks.length === 0 ? '' : ` Also: ${this.identities.remarks.join('; ')}.`;
    if (this.offered !== undefined && !this.offered.includes('publickey')) {
      return `${name} takes no keys (it offers ${this.offered.join(', ')}), and passwords are not used; allow PubkeyAuthentication in its sshd_config.`;
    }
    if (tried.length === 0) {
      return `There is no key to log in to ${name} as ${user}; make one with ssh-keygen, or load one with ssh-add.${remarks}`;
    }
    if (this.signedBy.length > 0) {
      return `${name} took ${this.signedBy.join(' and ')} for ${user} and asks for more than a key, which is not supported; see AuthenticationMethods in its sshd_config.`;
    }
    return (
      `${name} lets ${user} in by none of these keys: ${tried.join(', ')}. Check the user name, and that ` +
      `the public key is in that user's authorized_keys (ssh-copy-id puts it there).${remarks}`
    );
  }

  private async signature(publicKey: PublicKey, data: Buffer, hash: Digest): Promise<Buffer> {
    const wanted = ssh2.utils.parseKey(publicKey);
    if (wanted instanceof Error) throw wanted;
    const identity = this.identities.keys.find((key) => isSameKey(key.publicKey, wanted));
    if (identity === undefined) throw new Error('a signature was asked for a key that was not offered');
    this.whileSigning(true);
    try {
      const signature = await identity.sign(data, hash);
      this.signedBy.push(identity.label);
      return signature;
    } catch (error) {
      if (error instanceof CosmosError) this.refusal = error;
      throw error;
    } finally {
      this.whileSigning(false);
    }
  }
}
