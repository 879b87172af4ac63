/**
 * The protocol of ssh-agent (draft-ietf-sshm-ssh-agent), as far as a login needs it. ssh2 has a client of its own, which
 * drops every key that ssh2 cannot parse: certificates and security keys among them.
 */
import net from 'node:net';
import type { Clock } from '../../../clock.js';
import { uint32, WireReader, wireString } from '../wire.js';

const FAILURE = 5;
const REQUEST_IDENTITIES = 11;
const IDENTITIES_ANSWER = 12;
const SIGN_REQUEST = 13;
const SIGN_RESPONSE = 14;
const FLAGS = { sha1: 0, sha256: 2, sha512: 4 } as const;

/** Milliseconds for the list of keys. A signature has no limit: the user may have to touch the key or confirm. */
const LIST_MS = 10_000;
/** Bytes of an answer, as in OpenSSH. */
const MAX_ANSWER = 256 * 1024;

/** The hash for RSA signatures; the other key types have a fixed one. */
export type Digest = keyof typeof FLAGS;

export interface AgentKey {
  /** Public key or certificate. */
  readonly blob: Buffer;
  readonly comment: string;
}

export class Agent {
  constructor(
    /** A socket, or a named pipe of Windows. */
    readonly address: string,
    private readonly clock: Clock,
  ) {}

  /** @throws Error a clause that says why there is no answer. */
  async keys(): Promise<AgentKey[]> {
    const answer = await this.ask(Buffer.from([REQUEST_IDENTITIES]), LIST_MS);
    if (answer.byte() !== IDENTITIES_ANSWER) throw new Error('it does not list its keys');
    return Array.from({ length: answer.uint32() }, () => ({ blob: answer.string(), comment: answer.text() }));
  }

  /** A signature with the name of its algorithm before it. @throws Error a clause that says why there is none. */
  async sign(blob: Buffer, data: Buffer, digest: Digest | undefined): Promise<Buffer> {
    const flags = uint32(FLAGS[digest ?? 'sha1']);
    const answer = await this.ask(
      Buffer.concat([Buffer.from([SIGN_REQUEST]), wireString(blob), wireString(data), flags]),
    );
    const kind = answer.byte();
    if (kind === SIGN_RESPONSE) return answer.string();
    throw new Error(kind === FAILURE ? 'it refused' : `it answered with ${kind}`);
  }

  private async ask(request: Buffer, limitMs?: number): Promise<WireReader> {
    const socket = net.connect(this.address);
    const late = () => socket.destroy(new Error(`no answer for ${LIST_MS / 1000} seconds`));
    const cancel = limitMs === undefined ? () => {} : this.clock.after(limitMs, late);
    try {
      socket.write(wireString(request));
      return await answerOf(socket);
    } finally {
      cancel();
      socket.destroy();
    }
  }
}

async function answerOf(socket: net.Socket): Promise<WireReader> {
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    const length = received.length < 4 ? 0 : received.readUInt32BE();
    if (length > MAX_ANSWER) break;
    if (length > 0 && received.length >= 4 + length) return new WireReader(received.subarray(4, 4 + length));
  }
  throw new Error('it hung up');
}
