/** The protocol as a client speaks it: typed calls and notifications over one authenticated connection. */
import { isJSONRPCResponse, JSONRPCClient, JSONRPCErrorException } from 'json-rpc-2.0';
import { WebSocket } from 'ws';
import { ErrorData, errorCodes } from '../../schemas/errors.js';
import type { Discovery, ErrorCode, MethodName, NotificationName, Params, ResultOf } from '../../schemas/index.js';
import { methodOf } from '../../schemas/protocol/method-of.js';
import { PROTOCOL_VERSION } from '../../schemas/protocol/version.js';
import { systemClock } from '../clock.js';
import { CosmosError, coerceError } from '../errors.js';

type Handler = (params: unknown) => void;

/** Milliseconds for a daemon on this machine to accept a connection. */
const HANDSHAKE_TIMEOUT = 10_000;
/** Milliseconds between two pings, which the daemon's event loop answers whatever it is at work on. */
const PING_EVERY = 5000;
/** Pings that may go unanswered; counted and not timed, because a laptop that wakes up finds every time long past. */
const MAX_MISSED = 3;

export class DaemonClient {
  private readonly rpc: JSONRPCClient;
  private readonly handlers = new Map<string, Set<Handler>>();
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>;
  private missed = 0;
  private cancelPing = () => {};
  /** Schemas that earlier calls wait for: calls leave in the order in which they were made. */
  private reading: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly socket: WebSocket,
    private readonly pid: number,
  ) {
    this.rpc = new JSONRPCClient((request) => this.send(request));
    socket.on('message', (data) => this.receive(String(data)));
    socket.on('error', () => {}); // 'close' always follows and is what callers see
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.cancelPing();
        this.rpc.rejectAllPendingRequests(LOST);
        resolve();
      });
    });
    socket.on('pong', () => {
      this.missed = 0;
    });
    this.ping();
  }

  /**
   * Connects, authenticates and says hello.
   * @throws CosmosError daemon_unreachable, unauthorized or protocol_mismatch
   */
  static async connect(discovery: Discovery): Promise<DaemonClient> {
    const socket = new WebSocket(discovery.url, {
      headers: { Authorization: `Bearer ${discovery.token}` },
      perMessageDeflate: false,
      handshakeTimeout: HANDSHAKE_TIMEOUT,
      // One message a tick: the continuation of a call runs before the notification that came right behind its answer.
      allowSynchronousEvents: false,
    });
    await opened(socket, discovery);
    const client = new DaemonClient(socket, discovery.pid);
    try {
      await client.call('hello', { client: 'cli', protocol: PROTOCOL_VERSION });
    } catch (error) {
      await client.close();
      throw error;
    }
    return client;
  }

  /**
   * @throws CosmosError with the code and data the daemon answered; daemon_unreachable when the connection broke,
   * daemon_silent when the daemon is there and does not answer.
   */
  async call<M extends MethodName>(method: M, params: Params<M>): Promise<ResultOf<M>> {
    const reading = Promise.all([methodOf(method), this.reading]);
    this.reading = reading;
    const [{ result }] = await reading; // before the answer: a notification right behind that must not overtake it
    let answer: unknown;
    try {
      answer = await this.rpc.request(method, params);
    } catch (error) {
      if (this.socket.readyState !== WebSocket.OPEN)
        throw this.isSilent ? silent(this.pid, PING_EVERY * MAX_MISSED) : lost(error);
      throw translate(coerceError(error));
    }
    const parsed = result.safeParse(answer);
    if (parsed.success) return parsed.data as ResultOf<M>;
    const message = `The daemon answered ${method} in another shape than this version knows; restart it: cosmos daemon stop.`;
    throw new CosmosError('protocol_mismatch', message, { method }, { cause: parsed.error });
  }

  /** Calls `handler` for every notification of that name, as it came: hear.ts is for who wants it read. */
  on(name: NotificationName, handler: Handler): () => void {
    const known = this.handlers.get(name) ?? new Set<Handler>();
    this.handlers.set(name, known);
    known.add(handler);
    return () => known.delete(handler);
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  /** It is there, but its loop has stood still for long. */
  private get isSilent(): boolean {
    return this.missed > MAX_MISSED;
  }

  private ping(): void {
    this.cancelPing = systemClock.after(PING_EVERY, () => {
      this.missed += 1;
      if (this.isSilent) return this.socket.terminate();
      this.socket.ping();
      this.ping();
    });
  }

  private async send(request: unknown): Promise<void> {
    if (this.socket.readyState !== WebSocket.OPEN) throw new Error(LOST);
    this.socket.send(JSON.stringify(request));
  }

  private receive(text: string): void {
    const message: unknown = JSON.parse(text);
    if (isJSONRPCResponse(message)) this.rpc.receive(message);
    else if (isNotification(message)) {
      for (const handler of this.handlers.get(message.method) ?? []) handler(message.params);
    }
  }
}

const LOST = 'The connection to the daemon was lost; run the command again.';

function silent(pid: number, waitedMs: number): CosmosError {
  const seconds = waitedMs / 1000;
  const message = `The daemon process ${pid} does not answer (waited ${seconds} s); see: cosmos daemon status.`;
  return new CosmosError('daemon_silent', message, { pid, waitedSeconds: seconds });
}

function lost(cause: unknown): CosmosError {
  return new CosmosError('daemon_unreachable', LOST, {}, { cause });
}

function isNotification(message: unknown): message is { method: string; params: unknown } {
  const named = typeof message === 'object' && message !== null && 'method' in message;
  return named && typeof message.method === 'string' && 'params' in message;
}

function opened(socket: WebSocket, { url, pid }: Discovery): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      reject(refused(response.statusCode, url));
    });
    socket.once('error', (cause) => {
      if (cause.message.includes('timed out')) reject(silent(pid, HANDSHAKE_TIMEOUT));
      else
        reject(new CosmosError('daemon_unreachable', `No daemon answers at ${url}: ${cause.message}.`, {}, { cause }));
    });
  });
}

function refused(status: number | undefined, url: string): CosmosError {
  if (status === 401 || status === 403) {
    return new CosmosError('unauthorized', `The daemon at ${url} does not accept the token of daemon.json.`);
  }
  if (status === 503) {
    return new CosmosError(
      'too_many',
      `The daemon at ${url} has as many clients as it takes: close some, then try again.`,
    );
  }
  return new CosmosError('daemon_unreachable', `What answers at ${url} is no daemon (HTTP ${status}).`);
}

function translate(error: Error): CosmosError {
  if (!(error instanceof JSONRPCErrorException)) return lost(error);
  const data = ErrorData.safeParse(error.data);
  const { code, ...rest } = data.success ? data.data : { code: byNumber(error.code) };
  return new CosmosError(isErrorCode(code) ? code : 'internal', error.message, rest, { cause: error });
}

function isErrorCode(code: string): code is ErrorCode {
  return code in errorCodes;
}

function byNumber(number: number): string {
  return Object.entries(errorCodes).find(([, [known]]) => known === number)?.[0] ?? 'internal';
}
