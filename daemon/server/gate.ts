/** Decides who may connect: programs of this machine that know the token, and never a web page. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface Refusal {
  readonly status: 401 | 403;
  readonly sentence: string;
}

/** A page that a browser loaded under a foreign name for 127.0.0.1 (DNS rebinding) sends that name as Host. */
export function refuseForeignHost({ host }: IncomingHttpHeaders, port: number): Refusal | undefined {
  const ours = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  if (host !== undefined && ours.includes(host.toLowerCase())) return undefined;
  return { status: 403, sentence: 'The Host header must name this machine (127.0.0.1 or localhost) and this port.' };
}

/** Only browsers send Origin, and no web page may connect. */
export function refuseOrigin({ origin }: IncomingHttpHeaders): Refusal | undefined {
  if (origin === undefined) return undefined;
  return { status: 403, sentence: 'Web pages may not connect: a request with an Origin header is refused.' };
}

export function refuseWithoutToken({ authorization = '' }: IncomingHttpHeaders, token: string): Refusal | undefined {
  const [scheme = '', given = ''] = authorization.split(' ');
  if (scheme.toLowerCase() === 'bearer' && isSame(given, token)) return undefined;
  return { status: 401, sentence: 'Send "Authorization: Bearer <token>" with the token of daemon.json.' };
}

/** Compares digests, so that the time does not depend on the token or on its length. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
