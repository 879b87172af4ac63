/** Reads a growing file from a byte offset to its present end. */
import { open } from 'node:fs/promises';
import { errnoOf } from '../../errors.js';

/** Bytes of one piece: large enough for throughput, small enough for a progress bar. */
const PIECE = 2 ** 16;

/** The present content of a growing file from byte `from` on, piece by piece; nothing when there is no file yet. */
export async function* readFrom(file: string, from: number): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return;
  try {
    for (let at = from; ; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE), 0, PIECE, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
