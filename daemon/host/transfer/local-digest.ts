/** SHA-256 of local files and of their beginnings. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Bytes read at once: fewer turns of the event loop than the 64 KiB of the default, for files of gigabytes. */
const PIECE = 2 ** 20;

export async function digestOf(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: PIECE, signal })) hash.update(piece);
  return hash.digest('hex');
}

/** Of the first `length` bytes. */
export async function digestOfStart(file: string, length: number, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const stream = createReadStream(file, { end: length - 1, highWaterMark: PIECE, signal });
  for await (const piece of stream) hash.update(piece);
  return hash.digest('hex');
}
