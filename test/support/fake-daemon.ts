/** A daemon that only speaks: answers are made up by the test, calls are remembered. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  type Discovery,
  type MethodName,
  type NotificationName,
  type NotificationParams,
  type Params,
  PROTOCOL_VERSION,
  type ResultOf,
} from '../../schemas/index.js';

type Answers = { [M in MethodName]?: (params: Params<M>) => ResultOf<M> | FakeError | Promise<ResultOf<M>> };

/** An answer that is an error. */
export class FakeError {
  constructor(
    readonly code: string,
    readonly message: string,
    readonly data: Record<string, unknown> = {},
  ) {}
}

export interface Call {
  readonly method: string;
  readonly params: unknown;
}

const TOKEN = 'fake-token';

export class FakeDaemon {
  readonly calls: Call[] = [];
  private readonly sockets = new Set<WebSocket>();

  private constructor(
    private readonly server: Server,
    readonly stateDir: string,
    private readonly answers: Answers,
  ) {}

  /** Listens and writes daemon.json, until the test ends. */
  static async start(stateDir: string, answers: Answers): Promise<FakeDaemon> {
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/healthz' ? 200 : 404).end('{}');
    });
    const daemon = new FakeDaemon(server, stateDir, answers);
    const sockets = new WebSocketServer({ server, path: '/rpc', verifyClient });
    sockets.on('connection', (socket) => daemon.welcome(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    daemon.announce();
    onTestFinished(() => daemon.close());
    return daemon;
  }

  /** Tells every client. */
  notify<N extends NotificationName>(method: N, params: NotificationParams<N>): void {
    for (const socket of this.sockets) socket.send(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  /** Breaks every connection, as a daemon that is killed does. */
  dropClients(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  called(method: MethodName): unknown[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.params);
  }

  close(): void {
    this.dropClients();
    this.server.close();
    rmSync(path.join(this.stateDir, 'daemon.json'), { force: true });
  }

  private announce(): void {
    const { port } = this.server.address() as AddressInfo;
    const discovery: Discovery = {
      url: `ws://127.0.0.1:${port}/rpc`,
      http: `http://127.0.0.1:${port}`,
      token: TOKEN,
      pid: process.pid,
      version: '0.0.0-fake',
      protocol: PROTOCOL_VERSION,
      startId: 'fake',
      startedAt: '2026-01-01T00:00:00.000Z',
    };
    mkdirSync(this.stateDir, { recursive: true });
    writeFileSync(path.join(this.stateDir, 'daemon.json'), JSON.stringify(discovery));
  }

  private welcome(socket: WebSocket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('message', async (data) => {
      const { id, method, params } = JSON.parse(String(data)) as { id: number; method: MethodName; params: never };
      this.calls.push({ method, params });
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, ...(await this.answer(method, params)) }));
    });
  }

  private async answer<M extends MethodName>(method: M, params: Params<M>) {
    const made = (await this.answers[method]?.(params)) ?? DEFAULTS[method];
    if (made === undefined) throw new Error(`the test gives no answer to ${method}`);
    if (!(made instanceof FakeError)) return { result: made };
    return { error: { code: 1, message: made.message, data: { ...made.data, code: made.code } } };
  }
}

const DEFAULTS: Partial<Record<MethodName, unknown>> = {
  hello: { protocol: PROTOCOL_VERSION, version: '0.0.0-fake', startId: 'fake', stateDir: '/state' },
  'queue.get': { paused: false, reason: '' },
  'event.subscribe': { seq: 1, snapshot: null },
  'log.unfollow': {},
};

function verifyClient({ req }: { req: IncomingMessage }): boolean {
  return req.headers.authorization === `Bearer ${TOKEN}`;
}
