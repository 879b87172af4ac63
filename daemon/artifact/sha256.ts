/** SHA-256 of files and of streams of bytes, as lower-case hex. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FileSeal } from '../queue/results.js';

/** Hash of the content of a file, in lower-case hex. */
export function sha256Of(file: string): Promise<string> {
  return sha256OfPieces(createReadStream(file));
}

export async function sha256OfPieces(pieces: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/** Size and hash of a file of ours, in a folder of ours. */
export async function sealOf(file: string): Promise<FileSeal> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(file)) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
