/** SHA-256 of the beginning of a local file. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Bytes read at once: fewer turns of the event loop than the 64 KiB of the default, for files of gigabytes. */
const PIECE = 2 ** 20;

/** Of the first `length` bytes. */
export async function digestOfStart(file: string, length: number, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const stream = createReadStream(file, { end: length - 1, highWaterMark: PIECE, signal });
  for await (const piece of stream) hash.update(piece);
  return hash.digest('hex');
}
