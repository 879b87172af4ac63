/** The interface through which feeds send to one client. */
import type { NotificationName, NotificationParams } from '../../schemas/index.js';
import type { Unlisten } from './services.js';

export interface Receiver {
  /** More than {@link HIGH_WATER} bytes wait to be written: feeds hold back until {@link onDrain}. */
  readonly full: boolean;
  notify<N extends NotificationName>(name: N, params: NotificationParams<N>): void;
  /** Called when the socket has taken everything that waited, after `full` had been true. */
  onDrain(listener: () => void): Unlisten;
  /** Calls back in a later turn of this client: for work of which there may be much. Never once the client is gone. */
  turn(work: () => void): void;
  /** Ends the connection; the client shows or logs the reason, and connects again. */
  disconnect(reason: string): void;
}

/** Bytes waiting in a socket above which feeds hold back. */
export const HIGH_WATER = 2 ** 20;
/**
 * Bytes waiting in a socket at which the client is disconnected, because it sends requests and does not read the
 * answers.
 */
export const GIVE_UP = 8 * 2 ** 20;
