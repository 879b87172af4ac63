/** Where an unfinished transfer may go on. */

/**
 * Bytes at the end of an unfinished file that may be wrong while those before them are right: what a machine that lost
 * power had not yet on its disk, and where a cut connection's last bytes met those of the next.
 */
export const IN_DOUBT = 32 * 2 ** 20;

/** Lengths worth trying for a file of `size` bytes: all of it, or what lies before the doubtful end. */
export function resumePoints(size: number): number[] {
  return [size, size - IN_DOUBT].filter((length) => length > 0);
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
