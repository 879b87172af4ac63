/** Plain HTTP beside the WebSocket: result files with ranges, /healthz and /metrics. Everything else is 404. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import send from 'send';
import { coerceError } from '../errors.js';
import type { Logger } from '../log.js';
import { type Refusal, refuseForeignHost, refuseWithoutToken } from './gate.js';
import type { MediaTokens } from './media-tokens.js';
import type { Metrics } from './metrics.js';

export interface FileServerOptions {
  readonly media: MediaTokens;
  readonly metrics: Metrics;
  readonly token: string;
  /** The port this server listens on. */
  readonly port: () => number;
  readonly log: Logger;
}

const MEDIA = /^\/media\/(?<token>[\w-]+)\/(?<name>[^/]+)$/;

export class FileServer {
  constructor(private readonly options: FileServerOptions) {}

  /** Answers one request. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    this.route(request, response).catch((error) => {
      this.options.log.error({ err: coerceError(error), url: request.url }, 'an HTTP request failed by a defect');
      if (response.headersSent) response.destroy();
      else reply(response, 500, { error: 'Something went wrong inside the daemon; its log has the details.' });
    });
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const foreign = refuseForeignHost(request.headers, this.options.port());
    if (foreign !== undefined) return refuse(response, foreign);
    if (request.method !== 'GET' && request.method !== 'HEAD') return notFound(response);
    const [pathname = ''] = (request.url ?? '').split('?');
    if (pathname === '/healthz') return reply(response, 200, { ok: true });
    if (pathname === '/metrics') return this.sendMetrics(request, response);
    const { token, name } = MEDIA.exec(pathname)?.groups ?? {};
    if (token === undefined || name === undefined) return notFound(response);
    const file = this.options.media.find(token, name);
    if (file === undefined) return notFound(response);
    sendFile(request, response, file);
  }

  private async sendMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { metrics, token } = this.options;
    const refusal = refuseWithoutToken(request.headers, token);
    if (refusal !== undefined) return refuse(response, refusal);
    const text = await metrics.text();
    response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text);
  }
}

/** `send` takes a URL path below a root; the name comes from the token's own file, never from the request. */
function sendFile(request: IncomingMessage, response: ServerResponse, file: string): void {
  send(request, encodeURIComponent(path.basename(file)), { root: path.dirname(file), dotfiles: 'allow', index: false })
    .on('headers', () => response.setHeader('Cache-Control', 'private, max-age=0'))
    .on('error', (error: SendError) => failFile(response, error))
    .on('directory', () => notFound(response))
    .pipe(response);
}

/** What `send` reports: an HTTP error with the headers that belong to it. */
interface SendError extends Error {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

function failFile(response: ServerResponse, { status, headers = {}, message }: SendError): void {
  if (response.headersSent) {
    response.destroy(); // the file shrank while it was sent: a short answer must not look complete
    return;
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (status === 404) notFound(response);
  else reply(response, status, { error: message });
}

function refuse(response: ServerResponse, { status, sentence }: Refusal): void {
  reply(response, status, { error: sentence });
}

function notFound(response: ServerResponse): void {
  reply(response, 404, { error: 'There is nothing here (any more). Media URLs end an hour after result.media.' });
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
