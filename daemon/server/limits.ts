/** What one client, and all of them together, may ask of the daemon at a time. Why these: docs/decisions/fair-turns.md. */
import { CosmosError } from '../errors.js';

/** Clients at a time: more than windows, panels and scripts of an artist; each costs some 50 kB when it is quiet. */
export const MAX_CONNECTIONS = 512;

/** Logs that one connection follows at a time. */
export const MAX_FOLLOWS = 100;

/** Requests of one connection that are not answered yet; the next one is refused. */
export const MAX_UNANSWERED = 256;

/** Requests of one connection that are begun at a time; the next one waits. Those older than {@link YOUNG_MS} do not count. */
export const WINDOW = 16;

/** Milliseconds after which a request counts as one that waits for a person or a host: it holds nobody up any more. */
export const YOUNG_MS = 1000;

/** Messages that wait for their turn, and their bytes, above which no more are read from the socket of the client. */
export const MAX_WAITING = { messages: 64, bytes: 256 * 2 ** 10 } as const;

/** Requests that one message may hold. */
export const MAX_BATCH = 100;

/** Characters of the answers to one message; what would come behind them is refused. */
export const MAX_BATCH_ANSWER = 16 * 2 ** 20;

/** Milliseconds after which a client that was refused may ask again with hope. */
const RETRY_MS = 1000;

/** The refusal of what goes beyond one of these limits. */
export function tooMany(sentence: string, limit: number): CosmosError {
  return new CosmosError('too_many', sentence, { limit, retryAfterMs: RETRY_MS });
}
