/** One authenticated connection to a daemon: typed calls, and notifications. When it is lost, link.ts makes another. */
import { isJSONRPCResponse, JSONRPCClient, JSONRPCErrorException } from 'json-rpc-2.0';
import { WebSocket } from 'ws';
import {
  ErrorData,
  type MethodName,
  methods,
  type NotificationName,
  type NotificationParams,
  notifications,
  type Params,
  PROTOCOL_VERSION,
  type ResultOf,
} from '../../schemas/index.js';
import { Problem } from './problem.js';

/** Milliseconds that a daemon may take to accept a connection. */
const HANDSHAKE_TIMEOUT = 10_000;
const LOST = 'The connection to the daemon was lost.';

/** The address of a daemon, and the token that it asks for. */
export interface Address {
  readonly url: string;
  readonly token: string;
}

export type Hello = ResultOf<'hello'>;
export type NotificationHandler = <N extends NotificationName>(name: N, params: NotificationParams<N>) => void;

export class DaemonClient {
  private readonly rpc: JSONRPCClient;
  /** Resolves when the connection is closed, by either side. */
  readonly closed: Promise<void>;
  /** Called with every notification that this version knows. */
  onNotification: NotificationHandler = () => {};

  private constructor(private readonly socket: WebSocket) {
    this.rpc = new JSONRPCClient((request) => this.send(request));
    socket.on('message', (data) => this.receive(String(data)));
    socket.on('error', () => {}); // 'close' always follows
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.rpc.rejectAllPendingRequests(LOST);
        resolve();
      });
    });
  }

  /** @throws Problem daemon_unreachable, unauthorized or protocol_mismatch. */
  static async connect({ url, token }: Address): Promise<{ client: DaemonClient; hello: Hello }> {
    const socket = new WebSocket(url, {
      headers: { Authorization: `Bearer ${token}` },
      perMessageDeflate: false,
      handshakeTimeout: HANDSHAKE_TIMEOUT,
      allowSynchronousEvents: false, // the continuation of a call runs before a notification right behind its answer
    });
    await opened(socket, url);
    const client = new DaemonClient(socket);
    try {
      return { client, hello: await client.call('hello', { client: 'vscode', protocol: PROTOCOL_VERSION }) };
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /** @throws Problem with the code and data that the daemon answered, or daemon_unreachable. */
  async call<M extends MethodName>(method: M, params: Params<M>): Promise<ResultOf<M>> {
    let answer: unknown;
    try {
      answer = await this.rpc.request(method, params);
    } catch (error) {
      if (error instanceof JSONRPCErrorException) throw answered(error);
      throw new Problem('daemon_unreachable', LOST, ['retry'], {}, { cause: error });
    }
    const parsed = methods[method].result.safeParse(answer);
    if (parsed.success) return parsed.data as ResultOf<M>;
    const message = `The daemon answered ${method} in another shape than this version of the extension knows.`;
    throw new Problem('protocol_mismatch', message, ['update'], { method }, { cause: parsed.error });
  }

  close(): void {
    this.socket.close();
  }

  private async send(request: unknown): Promise<void> {
    if (this.socket.readyState !== WebSocket.OPEN) throw new Error(LOST);
    this.socket.send(JSON.stringify(request));
  }

  private receive(text: string): void {
    const message: unknown = JSON.parse(text);
    if (isJSONRPCResponse(message)) {
      this.rpc.receive(message);
      return;
    }
    if (!isNotification(message)) return;
    const parsed = notifications[message.method].params.safeParse(message.params);
    if (parsed.success) this.onNotification(message.method, parsed.data); // else: unknown here
  }
}

function isNotification(message: unknown): message is { method: NotificationName; params: unknown } {
  const named = typeof message === 'object' && message !== null && 'method' in message;
  return named && typeof message.method === 'string' && message.method in notifications;
}

function opened(socket: WebSocket, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      reject(refused(response.statusCode, url));
    });
    socket.once('error', (cause) => {
      const message = `No daemon answers at ${url}: ${cause.message}.`;
      reject(new Problem('daemon_unreachable', message, ['retry'], {}, { cause }));
    });
  });
}

function refused(status: number | undefined, url: string): Problem {
  if (status === 401 || status === 403) {
    return new Problem('unauthorized', `The daemon at ${url} does not accept the token.`, ['token', 'retry']);
  }
  if (status === 503) {
    const message = `The daemon at ${url} has as many clients as it takes: close some, then try again.`;
    return new Problem('too_many', message, ['retry']);
  }
  return new Problem('daemon_unreachable', `What answers at ${url} is no daemon (HTTP ${status}).`, ['settings']);
}

function answered(error: JSONRPCErrorException): Problem {
  const { code = 'internal', ...data } = ErrorData.safeParse(error.data).data ?? {};
  return new Problem(String(code), error.message, code === 'protocol_mismatch' ? ['update'] : [], data, {
    cause: error,
  });
}
