/**
 * The HTTP server of the daemon on the loopback interface: WebSocket at /rpc, files beside it. The only user of `ws` in
 * the daemon.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type Discovery, PROTOCOL_VERSION } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { CosmosError, errnoOf } from '../errors.js';
import type { Logger } from '../log.js';
import type { Context } from './call.js';
import { Connection } from './connection.js';
import { newToken, removeDiscovery, writeDiscovery } from './discovery.js';
import { Dispatcher } from './dispatch.js';
import { FileServer } from './files.js';
import { type Refusal, refuseForeignHost, refuseOrigin, refuseWithoutToken } from './gate.js';
import { handlers } from './handlers.js';
import { MAX_CONNECTIONS } from './limits.js';
import { MediaTokens } from './media-tokens.js';
import { Metrics } from './metrics.js';
import type { Services } from './services.js';
import { Turns } from './turns.js';

/** Most bytes of one incoming message; the biggest real one is the text of a spec. */
const MAX_MESSAGE = 4 * 2 ** 20;
const HEARTBEAT_MS = 30_000;
const CLOSE_GRACE_MS = 1000;
/** RFC 6455, 7.4.1: "going away". */
const GOING_AWAY = 1001;

export interface RpcServerOptions {
  readonly services: Services;
  readonly clock: Clock;
  readonly log: Logger;
  /** 0 = any free one. */
  readonly port: number;
  /** Where daemon.json goes. */
  readonly discoveryFile: string;
  /** Parses every result by the protocol table before it leaves: for tests. */
  readonly checkResults?: boolean;
}

export class RpcServer {
  private readonly http = createServer((request, response) => this.files.handle(request, response));
  private readonly sockets: WebSocketServer;
  private readonly clients = new Map<WebSocket, Connection>();
  private readonly token = newToken();
  private readonly metrics: Metrics;
  private readonly files: FileServer;
  private readonly dispatcher: Dispatcher;
  private readonly context: Context;
  private readonly turns = new Turns();
  /** Whether clients are being refused because there are too many; logged once, not for each. */
  private isCrowded = false;
  private stopHeartbeat = () => {};

  constructor(private readonly options: RpcServerOptions) {
    const { services, clock, log, checkResults } = options;
    const media = new MediaTokens(clock);
    this.metrics = new Metrics(services, () => this.clients.size);
    this.files = new FileServer({ media, metrics: this.metrics, token: this.token, port: () => this.port, log });
    this.dispatcher = new Dispatcher({ handlers, log, checkResults });
    this.context = { services, clock, media, endpoint: () => this.endpoint };
    // Compression makes the loopback 20 times slower and saves nothing there.
    this.sockets = new WebSocketServer({
      ...{ noServer: true, perMessageDeflate: false, maxPayload: MAX_MESSAGE },
      allowSynchronousEvents: false, // one message of each client between two looks at the sockets
      autoPong: false, // a client that pings and never reads would make us keep an answer to each ping
    });
    // Other users of this machine can open the port as well. Without the token they get nothing, but each connection takes a descriptor.
    this.http.maxConnections = 2 * MAX_CONNECTIONS;
    this.http.on('drop', () => this.tellCrowd());
    this.http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /** Listens on 127.0.0.1 and writes daemon.json. @throws CosmosError config_invalid when the port is taken. */
  async listen(): Promise<Discovery> {
    const { services, discoveryFile, log, port } = this.options;
    this.http.listen(port, '127.0.0.1');
    await once(this.http, 'listening').catch((error: unknown) => {
      throw portRefused(port, error);
    });
    const { pid, version, startId, startedAt } = services.daemon;
    const discovery = {
      ...this.endpoint,
      token: this.token,
      pid,
      version,
      protocol: PROTOCOL_VERSION,
      startId,
      startedAt,
    };
    await writeDiscovery(discoveryFile, discovery, log);
    this.scheduleHeartbeat();
    return discovery;
  }

  /** Closes every connection and frees the port. Clients that do not answer are disconnected. */
  async close(): Promise<void> {
    const { discoveryFile, services, clock } = this.options;
    this.stopHeartbeat();
    const closed = once(this.http, 'close');
    this.http.close();
    for (const socket of this.clients.keys()) socket.close(GOING_AWAY, 'The daemon is stopping.');
    const cancel = clock.after(CLOSE_GRACE_MS, () => this.cutOff());
    await removeDiscovery(discoveryFile, services.daemon.startId);
    await closed;
    cancel();
  }

  private get endpoint() {
    return { url: `ws://127.0.0.1:${this.port}/rpc`, http: `http://127.0.0.1:${this.port}` };
  }

  private get port(): number {
    const address = this.http.address();
    return isAddressInfo(address) ? address.port : 0;
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy()); // the client left during the handshake
    const refusal = this.refusal(request);
    if (refusal !== undefined) refuse(socket, refusal);
    else this.sockets.handleUpgrade(request, socket, head, (webSocket) => this.connect(webSocket));
  }

  private refusal({ headers, url }: IncomingMessage): DoorRefusal | undefined {
    const foreign = refuseForeignHost(headers, this.port) ?? refuseOrigin(headers);
    if (foreign !== undefined) return foreign;
    if (url !== '/rpc') return { status: 404, sentence: 'The WebSocket is at /rpc.' };
    return refuseWithoutToken(headers, this.token) ?? this.refuseCrowd();
  }

  private refuseCrowd(): DoorRefusal | undefined {
    if (this.clients.size < MAX_CONNECTIONS) return undefined;
    if (!this.isCrowded)
      this.options.log.warn({ limit: MAX_CONNECTIONS }, 'clients are refused: too many are connected');
    this.isCrowded = true;
    const sentence = `${MAX_CONNECTIONS} clients are connected, which is as many as the daemon takes; close some, then connect again.`;
    return { status: 503, sentence };
  }

  private tellCrowd(): void {
    if (!this.isCrowded)
      this.options.log.warn({ limit: MAX_CONNECTIONS }, 'clients are refused: too many are connected');
    this.isCrowded = true;
  }

  private connect(socket: WebSocket): void {
    const { context, dispatcher, options } = this;
    const onDropped = (bytes: number) => this.metrics.dropped(bytes);
    const { turns } = this;
    const connection = new Connection({ socket, dispatcher, context, turns, log: options.log, onDropped });
    this.clients.set(socket, connection);
    socket.on('message', (data) => connection.receive(bytesOf(data)));
    socket.on('pong', () => connection.alive());
    socket.on('ping', (data) => {
      if (!connection.full) socket.pong(data);
    });
    socket.on('error', (error) => options.log.info({ err: error }, 'a connection broke')); // 'close' follows
    socket.on('close', () => {
      this.clients.delete(socket);
      this.isCrowded = false;
      connection.close();
    });
  }

  private scheduleHeartbeat(): void {
    this.stopHeartbeat = this.options.clock.after(HEARTBEAT_MS, () => {
      for (const [socket, connection] of this.clients) if (connection.beat()) socket.ping();
      this.scheduleHeartbeat();
    });
  }

  private cutOff(): void {
    for (const socket of this.clients.keys()) socket.terminate();
    this.http.closeAllConnections();
  }
}

function portRefused(port: number, cause: unknown): CosmosError {
  const why = errnoOf(cause) === 'EADDRINUSE' ? 'is used by another program' : `cannot be used (${errnoOf(cause)})`;
  const message = `Port ${port} ${why}: set port in [daemon] of cosmos.toml to another one, or to 0 for any.`;
  return new CosmosError('config_invalid', message, { port }, { cause });
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

type DoorRefusal = Refusal | { readonly status: 404 | 503; readonly sentence: string };

const STATUS_TEXT = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' } as const;

/** Seconds after which a refused client may try again. */
const RETRY_AFTER = 5;

/** Before the upgrade there is only the bare socket: the answer is written by hand. */
function refuse(socket: Duplex, { status, sentence }: DoorRefusal): void {
  const body = `${JSON.stringify({ error: sentence })}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_TEXT[status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...(status === 503 ? [`Retry-After: ${RETRY_AFTER}`] : []),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** A message as one piece of memory. */
function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
