/** Writes into the standard input of a process for as long as it reads. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StreamedProcess } from '../process.js';

/** Starts writing to the process; the returned function waits for the end and throws the source's error. */
export function feed(child: StreamedProcess, source: AsyncIterable<Uint8Array> | undefined): () => Promise<void> {
  child.stdin.on('error', () => {}); // EPIPE: the reason comes with the exit
  if (source === undefined) {
    child.stdin.end();
    return async () => {};
  }
  let failure: unknown;
  const chunks = source[Symbol.asyncIterator]();
  const watched: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        try {
          return await chunks.next();
        } catch (error) {
          failure = error;
          throw error;
        }
      },
      return: async () => (await chunks.return?.()) ?? { done: true, value: undefined },
    }),
  };
  const written = pipeline(Readable.from(watched, { objectMode: false }), child.stdin).catch(() => {});
  return async () => {
    await written;
    if (failure !== undefined) throw failure;
  };
}
