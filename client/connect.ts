/** A connection to a daemon by its address, in Node, with `ws`. */
import { WebSocket } from 'ws';
import { PROTOCOL_VERSION } from '../schemas/protocol/version.js';
import type { ResultOf } from '../schemas/protocol.js';
import { type ClientOptions, connectionLost, DaemonClient } from './daemon-client.js';
import { WireError } from './errors.js';

/** Milliseconds that a daemon may take to accept a connection. */
const HANDSHAKE_TIMEOUT = 10_000;
/** Milliseconds between two pings. A daemon answers them as long as its event loop turns. */
const PING_EVERY = 5000;
/** Pings that may go unanswered; counted and not timed, because a laptop that wakes up finds every time long past. */
const MAX_MISSED = 3;

/** Where a daemon is, and what it wants to see. */
export interface Address {
  readonly url: string;
  readonly token: string;
}

export interface ConnectOptions extends Pick<ClientOptions, 'toError'> {
  /** Who connects, as the daemon's log names it. */
  readonly name: string;
  /** The connection is given up when the daemon stands still for long, so that nobody waits for ever. */
  readonly pings?: boolean;
}

export interface Connected {
  readonly daemon: DaemonClient;
  readonly hello: ResultOf<'hello'>;
}

/**
 * Connects, authenticates and says hello.
 * @throws WireError daemon_unreachable, daemon_silent, unauthorized, too_many or protocol_mismatch; or what `toError`
 * makes of it
 */
export async function connect(address: Address, options: ConnectOptions): Promise<Connected> {
  const { name, pings = false, toError = (error) => error } = options;
  const socket = new WebSocket(address.url, {
    headers: { Authorization: `Bearer ${address.token}` },
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_TIMEOUT,
    allowSynchronousEvents: false, // one message a tick: see Socket
  });
  await opened(socket, address.url, toError);
  socket.on('error', () => {}); // 'close' always follows and is what callers see
  const isSilent = pings ? pinged(socket) : () => false;
  const whyLost = () => (isSilent() ? silent(address.url, PING_EVERY * MAX_MISSED) : connectionLost());
  const daemon = new DaemonClient(socket, { whyLost, toError });
  try {
    return { daemon, hello: await daemon.call('hello', { client: name, protocol: PROTOCOL_VERSION }) };
  } catch (error) {
    await daemon.close();
    throw error;
  }
}

/** Ends the connection to a daemon whose loop has stood still for long; the function says whether that is so. */
function pinged(socket: WebSocket): () => boolean {
  let missed = 0;
  const isSilent = () => missed > MAX_MISSED;
  const timer = setInterval(() => {
    missed += 1;
    if (isSilent()) socket.terminate();
    else socket.ping();
  }, PING_EVERY);
  socket.on('pong', () => {
    missed = 0;
  });
  socket.once('close', () => clearInterval(timer));
  return isSilent;
}

function opened(socket: WebSocket, url: string, toError: (error: WireError) => Error): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      reject(toError(refused(response.statusCode, url)));
    });
    socket.once('error', (cause) => {
      const message = `No daemon answers at ${url}: ${cause.message}.`;
      const isLate = cause.message.includes('timed out');
      reject(toError(isLate ? silent(url, HANDSHAKE_TIMEOUT) : new WireError('nobody', message, {}, { cause })));
    });
  });
}

function silent(url: string, waitedMs: number): WireError {
  const waitedSeconds = waitedMs / 1000;
  const message = `The daemon at ${url} does not answer (waited ${waitedSeconds} s).`;
  return new WireError('silent', message, { waitedSeconds });
}

function refused(status: number | undefined, url: string): WireError {
  if (status === 401 || status === 403)
    return new WireError('token', `The daemon at ${url} does not accept the token.`);
  if (status !== 503) return new WireError('stranger', `What answers at ${url} is no daemon (HTTP ${status}).`);
  const message = `The daemon at ${url} has as many clients as it takes: close some, then try again.`;
  return new WireError('crowded', message);
}
