/** One authenticated connection, through jump hosts where the target has some. */
import net from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { Clock } from '../../clock.js';
import { jumpFailure } from './connection-failures.js';
import type { DialOptions } from './dial-options.js';
import { Handshake } from './handshake.js';
import { collectIdentities } from './keys/identities.js';
import type { SshTarget } from './target.js';

/** Milliseconds for the host to close its side: a dead connection would keep our process alive until TCP gives up. */
const CLOSE_MS = 2000;

/** The live connection to a target, and those to the hosts it goes through. */
export interface Line {
  readonly client: Client;
  /** Ends all of it, the target first. */
  hangUp(): void;
}

/** @throws CosmosError of connection-failures.ts, host-key.ts or login-refusal.ts. */
export async function dial(target: SshTarget, asked: DialOptions): Promise<Line> {
  const options = { ...asked, login: asked.login ?? testOf(target) };
  // Before the socket exists: an error event without a listener would end the daemon.
  const identities = await collectIdentities(target, options.keychain, options.clock);
  const { sock, hangUp } = await reach(target, options);
  try {
    const client = await new Handshake(target, sock, identities, options).shake();
    client.once('close', hangUp);
    return { client, hangUp: () => leave(client, { sock, hangUp }, options.clock) };
  } catch (error) {
    sock.destroy();
    hangUp();
    throw error;
  }
}

function leave(client: Client, { sock, hangUp }: Way, clock: Clock): void {
  if (sock.destroyed) return;
  const cancel = clock.after(CLOSE_MS, () => {
    sock.destroy();
    hangUp();
  });
  client.once('close', cancel);
  client.end();
}

/** A byte stream to a target's sshd: a socket, or a channel of the last jump host. */
interface Way {
  readonly sock: Duplex;
  /** Ends the connections that it goes through. */
  hangUp(): void;
}

/** Opens the way to the target's sshd. @throws CosmosError when a host on the way cannot be reached. */
export async function reach(target: SshTarget, options: DialOptions): Promise<Way> {
  const last = target.jumps.at(-1);
  if (last === undefined) return { sock: openSocket(target), hangUp: () => {} };
  const onTheWay = { ...last, jumps: target.jumps.slice(0, -1) };
  const line = await dial(onTheWay, { ...options, login: options.login ?? testOf(target) });
  try {
    return { sock: await forward(line.client, last, target), hangUp: line.hangUp };
  } catch (error) {
    line.hangUp();
    throw error;
  }
}

/**
 * Without Nagle's algorithm, which costs 40 ms a command. Each address gets 3 s instead of Node's 250 ms, which a WAN
 * can need.
 */
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

function testOf({ name }: SshTarget): string {
  return `cosmos host test ${name}`;
}
