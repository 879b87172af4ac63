/** Where an unfinished transfer may go on. */

/**
 * Bytes at the end of an unfinished file that may be wrong while those before them are right: what was in flight and
 * landed out of order (64 chunks of 255 KiB), and what a host that lost power had not yet on its disk.
 */
export const IN_FLIGHT = 32 * 2 ** 20;

/** Lengths worth trying for a file of `size` bytes: all of it, or what lies before the doubtful end. */
export function resumePoints(size: number): number[] {
  return [size, size - IN_FLIGHT].filter((length) => length > 0);
}

/** The longest beginning that both sides have alike; 0 when there is none. `theirs` are the same lengths, digested. */
export async function commonLength(
  theirs: ReadonlyMap<number, string>,
  ours: (length: number) => Promise<string>,
): Promise<number> {
  for (const length of [...theirs.keys()].sort((a, b) => b - a)) {
    if ((await ours(length)) === theirs.get(length)) return length;
  }
  return 0;
}
