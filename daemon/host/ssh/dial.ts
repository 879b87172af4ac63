/** One authenticated connection, through jump hosts where the target has some. The key is verified before all else. */
import net from 'node:net';
import type { Duplex } from 'node:stream';
import ssh2, { type Client } from 'ssh2';
import type { Clock } from '../../clock.js';
import type { CosmosError } from '../../errors.js';
import { Authentication } from './authentication.js';
import { Deadline } from './deadline.js';
import { connectionFailure, connectionLost, jumpFailure, timedOut } from './failures.js';
import { algorithmsFor, objectionTo } from './host-key.js';
import { collectIdentities, type Identities } from './identities.js';
import type { Keychain } from './keychain.js';
import { readKnownHosts } from './known-hosts.js';
import type { SshTarget } from './target.js';

/** Milliseconds for the host to answer our keys; signing by a person's passphrase is not counted. */
const AUTHENTICATION_MS = 30_000;
const KEEPALIVE_MS = 15_000;
/** Keepalives without an answer before the connection counts as lost. */
const KEEPALIVES = 3;

export interface DialOptions {
  readonly clock: Clock;
  /** Our own known_hosts file; the user's and the system's are in the target. */
  readonly knownHosts: string;
  readonly keychain: Keychain;
  /** Milliseconds between keepalives. */
  readonly keepaliveMs?: number;
}

/** The live connection to a target, and those to the hosts it goes through. */
export interface Line {
  readonly client: Client;
  /** Ends all of it, the target first. */
  hangUp(): void;
}

/** @throws CosmosError of failures.ts, host-key.ts or authentication.ts. */
export async function dial(target: SshTarget, options: DialOptions): Promise<Line> {
  const identities = await collectIdentities(target, options.keychain);
  const { sock, hangUp } = await reach(target, options);
  try {
    const client = await shakeHands(target, sock, identities, options);
    client.once('close', hangUp);
    return { client, hangUp: () => client.end() };
  } catch (error) {
    sock.destroy();
    hangUp();
    throw error;
  }
}

/** A byte stream to the target's sshd: a socket, or a channel of the last jump host. */
export async function reach(target: SshTarget, options: DialOptions): Promise<{ sock: Duplex; hangUp: () => void }> {
  const last = target.jumps.at(-1);
  if (last === undefined) return { sock: openSocket(target), hangUp: () => {} };
  const line = await dial({ ...last, jumps: target.jumps.slice(0, -1) }, options);
  try {
    return { sock: await forward(line.client, last, target), hangUp: line.hangUp };
  } catch (error) {
    line.hangUp();
    throw error;
  }
}

/** Nagle's algorithm off: it costs 40 ms a command. Attempts longer than Node's 250 ms, which a WAN can exceed. */
function openSocket({ host, port, family }: SshTarget): net.Socket {
  return net.connect({ host, port, family: family ?? 0, noDelay: true, autoSelectFamilyAttemptTimeout: 3000 });
}

function forward(client: Client, jump: SshTarget, target: SshTarget): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, target.host, target.port, (error, channel) => {
      if (error) reject(jumpFailure(error, jump, target));
      else resolve(channel);
    });
  });
}

/** Listens before it waits for anything: a socket that fails unheard would end the daemon. */
function shakeHands(target: SshTarget, sock: Duplex, identities: Identities, options: DialOptions): Promise<Client> {
  const known = readKnownHosts([options.knownHosts, ...target.knownHostsFiles]);
  const client = new ssh2.Client();
  return new Promise((resolve, reject) => {
    let objection: CosmosError | undefined;
    const fail = (error: CosmosError) => {
      deadline.clear();
      reject(objection ?? error);
    };
    const deadline = new Deadline(options.clock, () => {
      fail(timedOut(target));
      sock.destroy();
    });
    const authentication = new Authentication(target, identities, (busy) => {
      if (busy) deadline.clear();
      else deadline.set(AUTHENTICATION_MS);
    });
    deadline.set(target.connectMs);
    client.once('handshake', () => deadline.set(AUTHENTICATION_MS));
    client.once('ready', () => {
      deadline.clear();
      resolve(client);
    });
    client.on('error', (error: Error & { level?: string }) => {
      if (error.level === 'agent') return; // one key could not sign; the next one is tried
      fail(error.level === 'client-authentication' ? authentication.failure() : connectionFailure(error, target));
    });
    client.once('close', () => fail(connectionLost(target)));
    client.connect({
      sock,
      username: target.user,
      authHandler: authentication.handler,
      readyTimeout: 0, // the deadline above knows when a person is being asked
      keepaliveInterval: options.keepaliveMs ?? KEEPALIVE_MS,
      keepaliveCountMax: KEEPALIVES,
      algorithms: { serverHostKey: algorithmsFor(target, known) },
      hostVerifier: (key: Buffer) => {
        objection = objectionTo(key, target, known);
        return objection === undefined;
      },
    });
  });
}
