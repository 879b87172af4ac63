/** Where an unfinished transfer may go on. */

/**
 * SFTP has many chunks in flight (64 of 255 KiB), and they may land out of order: within this many bytes of the end, a
 * file that a cut left behind can have holes.
 */
export const IN_FLIGHT = 32 * 2 ** 20;

/** Lengths worth trying for a file of `size` bytes: all of it, or the part before what was in flight. */
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
