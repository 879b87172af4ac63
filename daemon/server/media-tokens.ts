/**
 * Makes URLs of result files that a video element can open: the path holds a secret that opens one file for an hour.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Clock } from '../clock.js';
import type { FileSeal } from '../queue/results.js';

const LIFETIME_MS = 3600 * 1000;
/** Most tokens that are kept; beyond that the oldest are forgotten, so that a client in a loop costs no memory. */
const MAX_TOKENS = 10_000;

/** A file that may be fetched while its bytes are those that were verified. */
export interface Media {
  /** Absolute. */
  readonly file: string;
  /** null = no hash was stored for it. */
  readonly seal: FileSeal | null;
}

export class MediaTokens {
  /** In the order of issue, which is the order of expiry. */
  private readonly tokens = new Map<string, Media & { expiresAt: number }>();

  constructor(private readonly clock: Clock) {}

  /** The URL path that opens the file until {@link expiry}. */
  issue(media: Media): string {
    this.forgetExpired();
    const token = randomBytes(24).toString('base64url');
    this.tokens.set(token, { ...media, expiresAt: this.clock.now() + LIFETIME_MS });
    return `/media/${token}/${urlName(media.file)}`;
  }

  /** When a token issued now ends, UTC ISO. */
  expiry(): string {
    return new Date(this.clock.now() + LIFETIME_MS).toISOString();
  }

  /** The file behind a token; undefined when the token is unknown, expired, or for a file of another name (as in the URL). */
  find(token: string, name: string): Media | undefined {
    const known = this.tokens.get(token);
    if (known === undefined || known.expiresAt <= this.clock.now()) return undefined;
    return urlName(known.file) === name ? known : undefined;
  }

  private forgetExpired(): void {
    const now = this.clock.now();
    for (const [token, { expiresAt }] of this.tokens) {
      if (expiresAt > now && this.tokens.size < MAX_TOKENS) return;
      this.tokens.delete(token);
    }
  }
}

function urlName(file: string): string {
  return encodeURIComponent(path.basename(file));
}
