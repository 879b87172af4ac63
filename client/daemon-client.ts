/** The protocol as a client speaks it over a socket: typed calls and notifications of the table of schemas/. */
import { isJSONRPCResponse, JSONRPCClient, JSONRPCErrorException } from 'json-rpc-2.0';
import { ErrorData, errorCodes } from '../schemas/errors.js';
import { methodOf } from '../schemas/protocol/method-of.js';
import type { MethodName, NotificationName, Params, ResultOf } from '../schemas/protocol.js';
import { WireError } from './errors.js';

/**
 * An open WebSocket: that of a browser, or of `ws`. Both deliver one message a tick, so that the continuation of a call
 * runs before the notification that came right behind its answer.
 */
export interface Socket {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

export interface ClientOptions {
  /** Why the socket has closed, asked when it has; by default the connection was lost. */
  readonly whyLost?: () => WireError;
  /** The caller's own error in place of that of the wire. */
  readonly toError?: (error: WireError) => Error;
}

type Handler = (params: unknown) => void;

export class DaemonClient {
  private readonly rpc = new JSONRPCClient(async (request) => this.socket.send(JSON.stringify(request)));
  private readonly handlers = new Map<string, Set<Handler>>();
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>;
  private lost: WireError | undefined;
  private readonly toError: (error: WireError) => Error;
  /** Schemas that earlier calls wait for: calls leave in the order in which they were made. */
  private reading: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly socket: Socket,
    { whyLost = connectionLost, toError = (error) => error }: ClientOptions = {},
  ) {
    this.toError = toError;
    socket.addEventListener('message', ({ data }) => this.receive(String(data)));
    this.closed = new Promise((resolve) => {
      socket.addEventListener('close', () => {
        this.lost = whyLost();
        this.rpc.rejectAllPendingRequests(this.lost.message);
        resolve();
      });
    });
  }

  /**
   * @throws WireError with the code and data the daemon answered, or why there is no answer; the caller's own error
   * where it named one.
   */
  async call<M extends MethodName>(method: M, params: Params<M>): Promise<ResultOf<M>> {
    const reading = Promise.all([methodOf(method), this.reading]);
    this.reading = reading;
    const [{ result }] = await reading; // before the answer: a notification right behind that must not overtake it
    if (this.lost !== undefined) throw this.toError(this.lost);
    let answer: unknown;
    try {
      answer = await this.rpc.request(method, params);
    } catch (error) {
      throw this.toError(this.lost ?? answered(error));
    }
    const parsed = result.safeParse(answer);
    if (parsed.success) return parsed.data as ResultOf<M>;
    const message = `The daemon answered ${method} in another shape than this version knows.`;
    throw this.toError(new WireError('shape', message, { method }, { cause: parsed.error }));
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

  private receive(text: string): void {
    const message: unknown = JSON.parse(text);
    if (isJSONRPCResponse(message)) this.rpc.receive(message);
    else if (isNotification(message)) {
      for (const handler of this.handlers.get(message.method) ?? []) handler(message.params);
    }
  }
}

export function connectionLost(): WireError {
  return new WireError('lost', 'The connection to the daemon was lost.');
}

function isNotification(message: unknown): message is { method: string; params: unknown } {
  const named = typeof message === 'object' && message !== null && 'method' in message;
  return named && typeof message.method === 'string' && 'params' in message;
}

/** The socket refuses to send, or the daemon answered with an error. */
function answered(error: unknown): WireError {
  if (!(error instanceof JSONRPCErrorException)) return connectionLost();
  const { code = byNumber(error.code), ...data } = ErrorData.safeParse(error.data).data ?? {};
  return new WireError('answer', error.message, data, { cause: error }, code);
}

function byNumber(number: number): string {
  return Object.entries(errorCodes).find(([, [known]]) => known === number)?.[0] ?? 'internal';
}
