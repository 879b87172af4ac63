/** Bytes of arguments in one command: below what the smallest transports and kernels take (128 KiB for one string). */
const ARGUMENT_BYTES = 48 * 1024;

/** Lists of arguments, cut so that each group fits one command. */
export function* groups<T extends readonly string[]>(items: readonly T[]): Generator<T[]> {
  let group: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = item.reduce((sum, word) => sum + Buffer.byteLength(word) + 1, 0);
    if (group.length > 0 && bytes + size > ARGUMENT_BYTES) {
      yield group;
      [group, bytes] = [[], 0];
    }
    group.push(item);
    bytes += size;
  }
  if (group.length > 0) yield group;
}
