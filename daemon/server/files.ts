/** Answers plain HTTP: result files with ranges, /healthz and /metrics. Everything else is 404. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline, Readable } from 'node:stream';
import send from 'send';
import { coerceError } from '../errors.js';
import type { ForeignFile } from '../foreign/open.js';
import type { Logger } from '../log.js';
import { isMedia } from '../media/formats.js';
import { type Refusal, refuseForeignHost, refuseWithoutToken } from './gate.js';
import type { Media, MediaTokens } from './media-tokens.js';
import type { Metrics } from './metrics.js';
import { NotServed, piecesOf, SealedFiles } from './sealed-files.js';

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
  private readonly sealed = new SealedFiles();

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
    const wanted = this.options.media.find(token, name);
    if (wanted === undefined) return notFound(response);
    await this.sendMedia(request, response, wanted);
  }

  private async sendMedia(request: IncomingMessage, response: ServerResponse, { file, seal }: Media): Promise<void> {
    try {
      sendFile(request, response, path.basename(file), await this.sealed.open(file, seal));
    } catch (error) {
      if (!(error instanceof NotServed)) throw error;
      if (error.status === 404) return notFound(response);
      reply(response, error.status, { error: error.message });
    }
  }

  private async sendMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { metrics, token } = this.options;
    const refusal = refuseWithoutToken(request.headers, token);
    if (refusal !== undefined) return refuse(response, refusal);
    const text = await metrics.text();
    response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text);
  }
}

/** What `send` reports: an HTTP error with the headers that belong to it. */
interface SendError extends Error {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Ranges, conditions and dates are handled by `send`, which gets the file that was opened and opens none itself. */
function sendFile(request: IncomingMessage, response: ServerResponse, name: string, file: ForeignFile): void {
  const { stats } = file;
  const sending = send(request, encodeURIComponent(name), { dotfiles: 'allow', index: false });
  sending.sendFile = () => sending.send(name, stats);
  sending.stream = (_, { start = 0, end = stats.size - 1 }: { start?: number; end?: number } = {}) => {
    // Of an empty file `send` asks for its first byte. A file that shrank: the answer is cut off, not short.
    const bytes = stats.size === 0 ? [] : piecesOf(file, start, end);
    pipeline(Readable.from(bytes, { objectMode: false }), response, () => {});
  };
  if (response.destroyed) {
    file.close(); // the client left while the bytes were compared
    return;
  }
  response.once('close', () => file.close());
  sending
    .on('headers', () => setHeaders(response, name))
    .on('error', (error: SendError) => failFile(response, error))
    .pipe(response);
}

/**
 * The URL is a secret. A page of another origin that learned it must not show the file, so the resource belongs to this
 * origin alone and to no frame of others. Opening the URL itself is allowed, as `result open` does.
 */
function setHeaders(response: ServerResponse, name: string): void {
  response.setHeader('Cache-Control', 'private, max-age=0');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Content-Security-Policy', policyOf(name));
}

/** Pictures and movies are shown; in any other file, whatever a host called it, no script runs. */
function policyOf(name: string): string {
  const framing = "frame-ancestors 'none'";
  return isMedia(name) ? framing : `default-src 'none'; sandbox; ${framing}`;
}

function failFile(response: ServerResponse, { status, headers = {}, message }: SendError): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  reply(response, status, { error: message });
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
