/** From a byte stream to an authenticated client: the host's key is verified first, then ours are offered. */
import type { Duplex } from 'node:stream';
import ssh2, { type Client } from 'ssh2';
import type { CosmosError } from '../../errors.js';
import { connectionFailure, connectionLost, saying, timedOut } from './connection-failures.js';
import { Deadline } from './deadline.js';
import type { DialOptions } from './dial-options.js';
import { AUTHENTICATION_MS, Authentication } from './keys/authentication.js';
import { algorithmsFor, objectionTo } from './keys/host-key.js';
import type { Identities } from './keys/identities.js';
import { type KnownHost, readKnownHosts } from './keys/known-hosts.js';
import type { SshTarget } from './target.js';

const KEEPALIVE_MS = 15_000;
/** Keepalives without an answer before the connection counts as lost. */
const KEEPALIVES = 3;

export class Handshake {
  private readonly client = new ssh2.Client();
  private readonly known: readonly KnownHost[];
  private readonly deadline: Deadline;
  private readonly authentication: Authentication;
  /** Why we ended the attempt; more exact than the error of ssh2 that follows. */
  private reason: CosmosError | undefined;
  /** The host's messages to users who log in: before its SSH version line, or as a banner (RFC 4252, 5.4). */
  private words = '';

  constructor(
    private readonly target: SshTarget,
    private readonly sock: Duplex,
    identities: Identities,
    private readonly options: DialOptions & { readonly login: string },
  ) {
    this.known = readKnownHosts([options.knownHosts, ...target.knownHostsFiles]);
    this.deadline = new Deadline(options.clock, () => {
      this.reason = timedOut(target);
      sock.destroy();
    });
    this.authentication = new Authentication({
      ...{ target, identities, login: options.login, ask: options.ask, now: () => options.clock.now() },
      deadline: this.deadline,
      giveUp: (reason) => {
        this.reason = reason;
        sock.destroy();
      },
    });
  }

  /** @throws CosmosError of connection-failures.ts, host-key.ts or authentication.ts. */
  async shake(): Promise<Client> {
    const { client, target, deadline } = this;
    const giveUp = () => {
      this.reason = connectionLost(target);
      this.sock.destroy();
    };
    try {
      this.options.signal?.throwIfAborted();
      this.options.signal?.addEventListener('abort', giveUp);
      deadline.set(target.connectMs);
      client.once('handshake', () => deadline.set(AUTHENTICATION_MS));
      await new Promise<void>((resolve, reject) => {
        client.once('ready', resolve);
        client.on('banner', (text: string) => this.hear(text));
        this.sock.once('data', (first: Buffer) => /^SSH-/.test(first.toString()) || this.hear(first.toString()));
        client.once('close', () => reject(this.reason ?? this.authentication.interrupted() ?? connectionLost(target)));
        client.on('error', (error: Error & { level?: string }) => {
          if (error.level !== 'agent') reject(this.failure(error)); // else: one key could not sign; the next is tried
        });
        this.connect();
      });
      return client;
    } catch (error) {
      throw saying(connectionFailure(error, target), this.words);
    } finally {
      this.options.signal?.removeEventListener('abort', giveUp);
      deadline.clear();
    }
  }

  private connect(): void {
    this.client.connect({
      sock: this.sock,
      username: this.target.user,
      authHandler: this.authentication.handler(this.client),
      readyTimeout: 0, // our own deadline, which pauses while the user is asked, replaces it
      keepaliveInterval: this.options.keepaliveMs ?? KEEPALIVE_MS,
      keepaliveCountMax: KEEPALIVES,
      algorithms: { serverHostKey: algorithmsFor(this.target, this.known) },
      hostVerifier: (key: Buffer) => {
        this.reason = objectionTo(key, this.target, this.known);
        return this.reason === undefined;
      },
    });
    this.authentication.attach(this.client);
  }

  private hear(text: string): void {
    this.words = (this.words + text).slice(-4096);
  }

  private failure(error: Error & { level?: string }): CosmosError {
    if (this.reason !== undefined) return this.reason;
    if (error.level === 'client-authentication') return this.authentication.failure();
    if (/too many authentication failures/i.test(error.message)) return this.authentication.tooMany(error);
    return connectionFailure(error, this.target);
  }
}
