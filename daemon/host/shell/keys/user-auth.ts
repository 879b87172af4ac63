/**
 * All uses of ssh2's (1.17) private parts, which user authentication needs, are in this file. Tested against a real
 * sshd by test/daemon/host/shell/certificates.host.test.ts; docs/decisions/ssh-logins.md says why it is done so.
 *
 * 1. ssh2 writes one name both for the algorithm of the request and into the signature. With a certificate the two
 *    differ (PROTOCOL.certkeys), and a security key adds bytes behind the signature (PROTOCOL.u2f).
 * 2. After a key was accepted as one of several steps, ssh2 does not report which methods may follow.
 * 3. ssh2 answers a message without a question ("Look at your phone") by itself and does not show it.
 */
import type { Client, ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { CosmosError } from '../../../errors.js';
import { WireReader, wireString } from '../wire.js';

/** The parts of Client#_protocol that are used. */
interface Protocol {
  readonly _packetRW: {
    readonly write: { readonly allocStart: number; alloc(size: number): Buffer; finalize(packet: Buffer): Buffer };
  };
  readonly _cipher: { encrypt(packet: Buffer): void };
  /** Which request the next answer belongs to. */
  readonly _authsQueue: string[];
  readonly _handlers: { USERAUTH_FAILURE: OnFailure; USERAUTH_INFO_REQUEST: OnQuestion };
}

type OnFailure = (protocol: unknown, methods: readonly string[], isPartial: boolean) => void;
type OnQuestion = (protocol: unknown, name: string, instruction: string, prompts: readonly unknown[]) => void;

export interface AuthenticationListener {
  /** @param methods that may follow @param isPartial the last step was accepted, and the host wants another one */
  refused(methods: readonly string[], isPartial: boolean): void;
  /** A message without a question. */
  message(name: string, instruction: string): void;
}

/** Any key, to inherit from: ssh2 accepts as a key only objects that inherit from one. */
const ANY_KEY = ssh2.utils.parseKey('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');

/** A public key or certificate in the shape in which ssh2 offers keys. @param algorithm the one of the request */
export function offeredKey(algorithm: string, blob: Buffer): ParsedKey {
  return Object.create(ANY_KEY, { type: { value: algorithm }, getPublicSSH: { value: () => blob } });
}

/**
 * Sends the request that a signature is for, with the signature as it is.
 * @param signedData what ssh2 gave to be signed: the session's identifier, and the request up to its signature
 */
export function sendSigned(client: Client, signedData: Buffer, signature: Buffer): void {
  const { _packetRW, _cipher, _authsQueue } = protocolOf(client);
  const session = new WireReader(signedData).string();
  const request = Buffer.concat([signedData.subarray(4 + session.length), wireString(signature)]);
  const packet = _packetRW.write.alloc(request.length);
  packet.set(request, _packetRW.write.allocStart);
  _authsQueue.push('publickey');
  _cipher.encrypt(_packetRW.write.finalize(packet));
}

/** Calls back before ssh2 handles the message. To be called after Client#connect. */
export function onAuthentication(client: Client, listener: AuthenticationListener): void {
  const { _handlers } = protocolOf(client);
  const { USERAUTH_FAILURE: failed, USERAUTH_INFO_REQUEST: asked } = _handlers;
  _handlers.USERAUTH_FAILURE = (protocol, methods, isPartial) => {
    listener.refused(methods, isPartial);
    failed(protocol, methods, isPartial);
  };
  _handlers.USERAUTH_INFO_REQUEST = (protocol, name, instruction, prompts) => {
    if (prompts.length === 0) listener.message(name, instruction);
    asked(protocol, name, instruction, prompts);
  };
}

/** @throws CosmosError internal when another version of ssh2 has other private parts. */
function protocolOf(client: Client): Protocol {
  const { _protocol } = client as unknown as { _protocol?: Partial<Protocol> };
  const { _packetRW, _cipher, _authsQueue, _handlers } = _protocol ?? {};
  if (_packetRW?.write === undefined || _cipher === undefined || _authsQueue === undefined || _handlers === undefined) {
    throw new CosmosError('internal', 'This version of ssh2 does not let certificates be used; see user-auth.ts.');
  }
  return { _packetRW, _cipher, _authsQueue, _handlers };
}
