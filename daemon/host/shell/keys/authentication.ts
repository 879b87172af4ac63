/** The steps of a login, in OpenSSH's order, with a record of them, so that a refusal can say what was tried. */
import type { AuthHandlerMiddleware, Client } from 'ssh2';
import { CosmosError, coerceError } from '../../../errors.js';
import type { AskPerson } from '../ask-person.js';
import type { Deadline } from '../deadline.js';
import type { SshTarget } from '../target.js';
import type { Digest } from './agent.js';
import { Answers, type NextMethod } from './answers.js';
import { type Identities, type Identity, isPlain } from './identities.js';
import { answerTooLate, type LoginStory, loginRefused, passwordExpired, tooManyKeys } from './login-refusal.js';
import { bare, OneKey, signatureOf } from './one-key.js';
import { onAuthentication, sendSigned } from './user-auth.js';

/** Milliseconds for the host to answer our keys, without the time that the user takes to sign or to answer. */
export const AUTHENTICATION_MS = 30_000;

export interface AuthenticationNeeds {
  readonly target: SshTarget;
  /** The command with which the user answers the host's questions. */
  readonly login: string;
  readonly identities: Identities;
  /** undefined = no user can be asked, so methods that need one are not tried. */
  readonly ask: AskPerson | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly deadline: Deadline;
  /** Ends the connection for this reason. */
  readonly giveUp: (reason: CosmosError) => void;
}

export class Authentication {
  private readonly answers: Answers;
  private offered: readonly string[] | undefined;
  private left: readonly string[] = [];
  /** Keys that were not offered yet. */
  private waiting: readonly Identity[];
  /** What is being tried. */
  private current: Identity | 'answers' | undefined;
  private readonly taken = new Set<Identity | 'answers'>();
  private readonly unsigned: string[] = [];
  private refusal: CosmosError | undefined;

  constructor(private readonly needs: AuthenticationNeeds) {
    this.waiting = needs.identities.keys;
    this.answers = new Answers(needs.target, needs.ask, needs.deadline);
  }

  /** To be called after Client#connect. */
  attach(client: Client): void {
    onAuthentication(client, {
      refused: (methods, isPartial) => this.onRefused(methods, isPartial),
      message: (name, instruction) => this.answers.tell(name, instruction),
    });
    client.on('change password', () => this.needs.giveUp(passwordExpired(this.needs.target)));
  }

  /** For ssh2, which asks for one method after the other. */
  handler(client: Client): AuthHandlerMiddleware {
    const noneLeft: unknown = false; // ssh2 ends the attempt at it, which its types leave out
    return (_methods, _partial, next) => {
      this.next(client).then(
        (method) => next(method ?? (noneLeft as NextMethod)),
        () => this.needs.giveUp(this.failure()),
      );
    };
  }

  /** Why no method was accepted. */
  failure(): CosmosError {
    return this.refusal ?? loginRefused(this.story());
  }

  tooMany(cause: Error): CosmosError {
    return tooManyKeys(this.story(), cause);
  }

  /** The error when the host disconnected because the user took too long; undefined = it had another reason. */
  interrupted(): CosmosError | undefined {
    return this.answers.isAsking ? answerTooLate(this.story()) : undefined;
  }

  /** First "none", as OpenSSH does, to learn the methods; then keys; then methods that the user answers. */
  private async next(client: Client): Promise<NextMethod | undefined> {
    if (this.offered === undefined) return 'none';
    const [identity, ...waiting] = this.left.includes('publickey') ? this.waiting : [];
    if (identity === undefined) {
      this.current = 'answers';
      return this.answers.next(this.left, () => this.needs.giveUp(this.failure()));
    }
    this.waiting = waiting;
    this.current = identity;
    const agent = new OneKey(identity, (data, digest) => this.sign(client, identity, data, digest));
    return { type: 'agent', username: this.needs.target.user, agent };
  }

  private onRefused(methods: readonly string[], isPartial: boolean): void {
    this.offered ??= methods;
    this.left = methods;
    this.needs.deadline.set(AUTHENTICATION_MS);
    if (!isPartial || this.current === undefined) return;
    this.taken.add(this.current);
    this.answers.taken();
    this.waiting = this.needs.identities.keys.filter((key) => !this.taken.has(key)); // the host may accept them in a later step
  }

  /** @returns undefined when the request is sent already. */
  private async sign(client: Client, identity: Identity, data: Buffer, digest: Digest | undefined) {
    this.needs.deadline.clear();
    try {
      const signature = await signatureOf(identity, data, digest);
      if (isPlain(identity)) return bare(signature);
      sendSigned(client, data, signature);
      return undefined;
    } catch (error) {
      if (error instanceof CosmosError) this.refusal = error;
      else this.unsigned.push(`${identity.label} (${coerceError(error).message})`);
      throw error;
    } finally {
      this.needs.deadline.set(AUTHENTICATION_MS);
    }
  }

  private story(): LoginStory {
    const { target, login, identities, now } = this.needs;
    const { offered, unsigned } = this;
    const left = this.answers.useful(this.left);
    const taken = [...this.taken].map((step) => (step === 'answers' ? 'the answers' : step.label));
    const { isRefused, lastMessage } = this.answers;
    return { target, login, identities, offered, left, taken, unsigned, isRefused, lastMessage, now: now() };
  }
}
