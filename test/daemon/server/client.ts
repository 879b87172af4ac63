/** A bare protocol client, so that the server is tested against the wire and not against our own client. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type {
  Discovery,
  MethodName,
  NotificationName,
  NotificationParams,
  Params,
  ResultOf,
} from '../../../schemas/index.js';

interface WireError {
  readonly code: number;
  readonly message: string;
  readonly data: { readonly code: string; readonly [key: string]: unknown };
}

interface Message {
  readonly id?: number | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: WireError;
}

/** What a call was answered with when it was not a result. */
export class RpcError extends Error {
  constructor(readonly wire: WireError) {
    super(wire.message);
  }
}

export class TestClient {
  /** Every notification and reply in the order of arrival. */
  readonly received: (Message | Message[])[] = [];
  private readonly arrivals = new Set<() => void>();
  /** High, so that the ids of raw requests in tests never meet it. */
  private lastId = 1000;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.received.push(JSON.parse(String(data)));
      for (const arrived of [...this.arrivals]) arrived();
    });
  }

  static async connect({ url, token }: Discovery): Promise<TestClient> {
    const socket = new WebSocket(url, { headers: { Authorization: `Bearer ${token}` } });
    const client = new TestClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** Throws {@link RpcError}. */
  async call<M extends MethodName>(method: M, params: Params<M>): Promise<ResultOf<M>> {
    const { result, error } = await this.request(method, params);
    if (error !== undefined) throw new RpcError(error);
    return result as ResultOf<M>;
  }

  /** The error of a call that must fail; params of any shape. */
  async failure(method: string, params?: unknown): Promise<WireError> {
    const { error } = await this.request(method, params);
    if (error === undefined) throw new Error(`${method} did not fail`);
    return error;
  }

  /** Sends a text as it is; the next message that comes back. */
  async raw(text: string): Promise<Message | Message[]> {
    const at = this.received.length;
    this.socket.send(text);
    return this.until(() => this.received[at]);
  }

  /** Resolves with the first defined answer of `look`, asked after every arrival. */
  async until<T>(look: () => T | undefined): Promise<T> {
    for (let found = look(); ; found = look()) {
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const arrived = () => {
          this.arrivals.delete(arrived);
          resolve();
        };
        this.arrivals.add(arrived);
      });
    }
  }

  heard<N extends NotificationName>(name: N): NotificationParams<N>[] {
    const messages = this.received.flat().filter(({ method }) => method === name);
    return messages.map(({ params }) => params as NotificationParams<N>);
  }

  private async request(method: string, params: unknown): Promise<Message> {
    const id = ++this.lastId;
    this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return this.until(() => this.received.flat().find((message) => message.id === id && message.method === undefined));
  }
}
