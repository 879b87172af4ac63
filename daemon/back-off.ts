/** How long to wait before something that failed is tried again. Pure: who waits keeps the number of failures. */

export interface BackOff {
  /** Milliseconds from the first failure to the next try; doubles with every further failure. */
  readonly firstMs: number;
  /** No pause is longer, in milliseconds. Left out: there is no limit. */
  readonly longestMs?: number;
  /** After so many failures there is no further try. Left out: it is tried until it works. */
  readonly most?: number;
}

/** Writing to a full disk of this computer costs nothing, so it is tried at a steady pace until there is room. */
export const FULL_DISK: BackOff = { firstMs: 5000, longestMs: 5000 };

/** Milliseconds from the last failure to the next try. @param failures in a row so far; at least 1. */
export function pauseAfter(failures: number, { firstMs, longestMs = Number.POSITIVE_INFINITY }: BackOff): number {
  return Math.min(firstMs * 2 ** (failures - 1), longestMs);
}

/** Whether there is no further try. @param failures in a row so far. */
export function isSpent(failures: number, { most = Number.POSITIVE_INFINITY }: BackOff): boolean {
  return failures >= most;
}
