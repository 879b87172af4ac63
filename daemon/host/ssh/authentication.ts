/** The steps by which we log in, in OpenSSH's order, and their story, so that a refusal can say what was tried. */
import ssh2, {
  type AuthHandlerMiddleware,
  type Client,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';
import type { HostQuestion } from '../../../schemas/index.js';
import { CosmosError, coerceError } from '../../errors.js';
import type { AskPerson } from '../ask-person.js';
import { certifiedType } from './certificate.js';
import { type Identities, type Identity, isPlain } from './identities.js';
import { keyTypeOf } from './known-hosts.js';
import { askingMethods, type LoginStory, loginRefused, tooManyKeys } from './login-refusal.js';
import type { SshTarget } from './target.js';
import { offeredKey, onRefused, sendSigned } from './user-auth.js';
import { WireReader } from './wire.js';

type Digest = SigningRequestOptions['hash'];
type NextMethod = Parameters<Parameters<AuthHandlerMiddleware>[2]>[0];

/** Tries that a person has with one method, as with OpenSSH: more could lock the account. */
const TRIES = 3;

export interface AuthenticationNeeds {
  readonly target: SshTarget;
  /** What a person types behind "cosmos host login". */
  readonly login: string;
  readonly identities: Identities;
  /** undefined = nobody is there, and no method is begun that only a person can end. */
  readonly ask: AskPerson | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told before and after what may take as long as a person takes. */
  readonly whileBusy: (isBusy: boolean) => void;
  /** Ends the connection for this reason. */
  readonly giveUp: (reason: CosmosError) => void;
}

export class Authentication {
  private offered: readonly string[] | undefined;
  private left: readonly string[] = [];
  /** Keys that were not offered yet. */
  private waiting: readonly Identity[];
  /** What is being tried. */
  private current: Identity | 'answers' | undefined;
  private readonly taken = new Set<Identity | 'answers'>();
  private readonly unsigned: string[] = [];
  private tries = 0;
  /** Whether a question was put and answered in the present try. */
  private hasAnswered = false;
  private refusal: CosmosError | undefined;
  private isAsking = false;

  constructor(private readonly needs: AuthenticationNeeds) {
    this.waiting = needs.identities.keys;
  }

  /** To be called after Client#connect. */
  attach(client: Client): void {
    onRefused(client, (methods, isPartial) => this.onRefused(methods, isPartial));
    client.on('change password', () => this.needs.giveUp(expired(this.needs.target)));
  }

  /** For ssh2, which asks for one method after the other. */
  handler(client: Client): AuthHandlerMiddleware {
    return (_methods, _partial, next) => {
      this.next(client).then(next, (error: unknown) => this.needs.giveUp(this.notAnswered(coerceError(error))));
    };
  }

  /** Why nothing opened the door. */
  failure(): CosmosError {
    return this.refusal ?? loginRefused(this.story());
  }

  tooMany(cause: Error): CosmosError {
    return tooManyKeys(this.story(), cause);
  }

  /** Why the host hung up, when it was because a person took long; undefined = for another reason. */
  interrupted(): CosmosError | undefined {
    return this.isAsking ? this.notAnswered(new Error('the host did not wait any longer')) : undefined;
  }

  /** First "none", as OpenSSH does, to learn the methods; then keys; then what a person answers. */
  private async next(client: Client): Promise<NextMethod> {
    const { target, ask } = this.needs;
    const username = target.user;
    if (this.offered === undefined) return 'none';
    const [identity, ...waiting] = this.left.includes('publickey') ? this.waiting : [];
    if (identity !== undefined) {
      this.waiting = waiting;
      this.current = identity;
      return {
        type: 'agent',
        username,
        agent: new OneKey(identity, (data, key) => this.sign(client, identity, data, key)),
      };
    }
    const asking = askingMethods(this.left, target);
    const isHeard = this.current !== 'answers' || this.hasAnswered; // else: refused before a question was put
    if (asking.length > 0 && ask !== undefined && this.tries < TRIES && isHeard) {
      this.tries++;
      this.current = 'answers';
      this.hasAnswered = false;
      return asking.includes('keyboard-interactive') ? this.interactive(ask) : await this.password(ask);
    }
    const noneLeft: unknown = false;
    return noneLeft as NextMethod; // ssh2 ends the attempt at false, which its types leave out
  }

  private async password(ask: AskPerson): Promise<NextMethod> {
    const { user, name } = this.needs.target;
    const prompts = [{ text: `Password of ${user} on ${name}`, echo: false }];
    const [password = ''] = await this.answers(ask, { name: '', instruction: '', prompts });
    return { type: 'password', username: user, password };
  }

  private interactive(ask: AskPerson): NextMethod {
    return {
      type: 'keyboard-interactive',
      username: this.needs.target.user,
      prompt: (name, instruction, _language, asked, finish) => {
        const prompts = asked.map(({ prompt, echo = false }) => ({ text: clean(prompt), echo }));
        this.answers(ask, { name: clean(name), instruction: clean(instruction), prompts }).then(
          (answers) => finish([...answers]),
          (error: unknown) => this.needs.giveUp(this.notAnswered(coerceError(error))),
        );
      },
    };
  }

  /** @throws Error when nobody answers. */
  private async answers(ask: AskPerson, question: Omit<HostQuestion, 'host' | 'user'>): Promise<readonly string[]> {
    const { target, whileBusy } = this.needs;
    this.isAsking = true;
    whileBusy(true);
    const answers = await ask({ host: target.name, user: target.user, ...question });
    if (answers?.length !== question.prompts.length) throw new Error('the question was not answered');
    this.isAsking = false;
    this.hasAnswered = true;
    whileBusy(false);
    return answers;
  }

  private onRefused(methods: readonly string[], isPartial: boolean): void {
    this.offered ??= methods;
    this.left = methods;
    if (!isPartial || this.current === undefined) return;
    this.taken.add(this.current);
    this.tries = 0;
    this.hasAnswered = false;
    this.current = undefined;
    this.waiting = this.needs.identities.keys.filter((key) => !this.taken.has(key)); // of another step
  }

  private async sign(client: Client, identity: Identity, data: Buffer, digest: Digest): Promise<Buffer | undefined> {
    const { whileBusy } = this.needs;
    whileBusy(true);
    try {
      const signature = await identity.sign(data, isPlain(identity) ? digest : 'sha512');
      if (isPlain(identity)) return bare(signature);
      sendSigned(client, data, signature);
      return undefined;
    } catch (error) {
      if (error instanceof CosmosError) this.refusal = error;
      else this.unsigned.push(`${identity.label} (${coerceError(error).message})`);
      throw error;
    } finally {
      whileBusy(false);
    }
  }

  private notAnswered(cause: Error): CosmosError {
    const { target, login } = this.needs;
    const message = `${target.name} asks ${target.user} for more than a key: ${cause.message}. Log in with: cosmos host login ${login}`;
    return new CosmosError('host_asks', message, { host: target.name, user: target.user, login }, { cause });
  }

  private story(): LoginStory {
    const { target, login, identities, now } = this.needs;
    const taken = [...this.taken].map((step) => (step === 'answers' ? 'the answers' : step.label));
    const { offered, left, unsigned, hasAnswered } = this;
    return { target, login, identities, offered, left, taken, unsigned, hasAnswered, now: now() };
  }
}

/**
 * Offers one key to ssh2 as an agent does: the host first says whether it would take it, and only then is a signature
 * made; so a passphrase is asked for a key that opens the door, and for no other.
 */
class OneKey extends ssh2.BaseAgent {
  constructor(
    private readonly identity: Identity,
    /** undefined = the request was sent already. */
    private readonly signature: (data: Buffer, digest: Digest) => Promise<Buffer | undefined>,
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

/** As the type of the key, but for a certificate of an RSA key, whose type still names SHA-1. */
function requestAlgorithm(blob: Buffer): string {
  const type = keyTypeOf(blob);
  return certifiedType(type) === 'ssh-rsa' ? 'rsa-sha2-512-cert-v01@openssh.com' : type;
}

/** The signature without the name of its algorithm, which ssh2 writes itself. */
function bare(signature: Buffer): Buffer {
  const reader = new WireReader(signature);
  reader.string();
  return reader.string();
}

/** Words of a host, on their way to somebody's terminal. */
function clean(words: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a terminal
  return words.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '').trim();
}

function expired({ name, user }: SshTarget): CosmosError {
  const message = `The password of ${user} on ${name} has expired; log in by hand (ssh) and choose another.`;
  return new CosmosError('host_auth_failed', message, { host: name, user, why: 'answers' });
}
