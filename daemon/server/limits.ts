/**
 * The limits of what one client, and all clients together, may ask at a time. Why these: docs/decisions/fair-turns.md.
 */
import { CosmosError } from '../errors.js';

/** Clients at a time: more than windows, panels and scripts of an artist; each costs some 50 kB when it is quiet. */
export const MAX_CONNECTIONS = 512;

/** Logs that one connection follows at a time. */
export const MAX_FOLLOWS = 100;

/** Requests of one connection that are not answered yet; the next one is refused. */
export const MAX_UNANSWERED = 256;

/** Requests of one connection that are begun at a time; the next one waits. Those older than {@link YOUNG_MS} do not count. */
export const WINDOW = 16;

/**
 * Milliseconds after which a request is taken to wait for a person or a host: it no longer counts against the limit.
 */
export const YOUNG_MS = 1000;

/** Waiting messages, and their bytes, above which nothing more is read from the socket of the client. */
export const MAX_WAITING = { messages: 64, bytes: 256 * 2 ** 10 } as const;

/** Requests that one message may hold. */
export const MAX_BATCH = 100;

/** Characters of all answers to one message; requests beyond that are refused. */
export const MAX_BATCH_ANSWER = 16 * 2 ** 20;

/** Milliseconds after which a refused client should ask again. */
const RETRY_MS = 1000;

/** The refusal of what goes beyond one of these limits. */
export function tooMany(sentence: string, limit: number): CosmosError {
  return new CosmosError('too_many', sentence, { limit, retryAfterMs: RETRY_MS });
}
