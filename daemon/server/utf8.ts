/** Finds the places between characters at which UTF-8 bytes can be cut. */

/** A character has at most this many bytes. */
export const MAX_CHARACTER = 4;

/** Length of `bytes` without a character that begins at its end and is not complete. */
export function completeLength(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= Math.min(MAX_CHARACTER - 1, length); back++) {
    const byte = bytes[length - back] ?? 0;
    if (isContinuation(byte)) continue;
    return back < characterLength(byte) ? length - back : length;
  }
  return length; // Continuation bytes alone are no UTF-8, so there is nothing to wait for.
}

/** How many bytes at the start belong to a character that began before. */
export function leadingContinuations(bytes: Uint8Array): number {
  let count = 0;
  while (count < Math.min(MAX_CHARACTER - 1, bytes.length) && isContinuation(bytes[count] ?? 0)) count++;
  return count;
}

function isContinuation(byte: number): boolean {
  return (byte & 0b1100_0000) === 0b1000_0000;
}

/** Bytes of the character that a lead byte announces; 1 for ASCII and for bytes that are no lead byte. */
function characterLength(byte: number): number {
  if (byte >= 0b1111_0000) return 4;
  if (byte >= 0b1110_0000) return 3;
  return byte >= 0b1100_0000 ? 2 : 1;
}
