/** A stream that stands still: a pipe without a writer, a disk that hangs. */
import type { Clock } from '../../clock.js';
import { CosmosError } from '../../errors.js';

/** Milliseconds in which a host must send the next bytes of a file, including the time to find or hash them. */
const IDLE_MS = 60_000;

/** Passes the pieces on. @throws CosmosError transfer_failed when none arrives for too long; `stop` ends the sender. */
export async function* unlessIdle(
  pieces: AsyncIterable<Uint8Array>,
  clock: Clock,
  file: string,
  stop: () => void,
): AsyncGenerator<Uint8Array> {
  const source = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await within(source.next(), clock, file);
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    stop();
    throw error;
  } finally {
    source.return?.()?.catch(() => {}); // its error was thrown above
  }
}

function within<T>(work: Promise<T>, clock: Clock, file: string): Promise<T> {
  let cancel = () => {};
  const late = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(IDLE_MS, () => {
      const message = `The host has sent nothing of ${file} for ${IDLE_MS / 1000} seconds; it is fetched again with the next attempt.`;
      reject(new CosmosError('transfer_failed', message, { from: file }));
    });
  });
  work.catch(() => {}); // the race throws it, unless it comes too late
  return Promise.race([work, late]).finally(() => cancel());
}
