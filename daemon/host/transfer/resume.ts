/** Where an unfinished transfer may continue. */

/**
 * Bytes at the end of an unfinished file that may be wrong: a machine that lost power may not have flushed them,
 * and the last bytes of a cut connection may have mixed with those of the next.
 */
export const IN_DOUBT = 32 * 2 ** 20;

/** Lengths to compare for a file of `size` bytes: all of it, and the part before its doubtful end. */
export function resumePoints(size: number): number[] {
  return [size, size - IN_DOUBT].filter((length) => length > 0);
}

/** The longest beginning that is equal on both sides, in bytes. `theirs`: length -> SHA-256 on the host. */
export async function commonLength(
  theirs: ReadonlyMap<number, string>,
  ours: (length: number) => Promise<string>,
): Promise<number> {
  for (const length of [...theirs.keys()].sort((a, b) => b - a)) {
    if ((await ours(length)) === theirs.get(length)) return length;
  }
  return 0;
}
