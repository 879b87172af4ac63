/** Cuts a stream of bytes into frames of one size. It never hangs and never uses more memory, whatever the process writes. */
import { systemClock } from '../clock.js';
import { CosmosError } from '../errors.js';

export interface Cut {
  /** The writer's name, as the beginning of a sentence. */
  readonly writer: string;
  /** Bytes of one frame, at least 1. */
  readonly size: number;
  /** Frames that are expected at most; one more is an error. */
  readonly most?: number | undefined;
  /** Milliseconds without a byte after which the reading fails. */
  readonly patience: number;
  /** Called when the reading fails, so that the stream ends. */
  readonly giveUp: () => void;
}

/**
 * Keeps one frame in memory besides the one that it returned.
 * @returns the bytes after the last whole frame.
 * @throws CosmosError encode_failed for one frame too many, or silence.
 */
export async function* cutFrames(stream: AsyncIterable<Uint8Array>, cut: Cut): AsyncGenerator<Buffer, number> {
  const { writer, size, most = Number.POSITIVE_INFINITY } = cut;
  if (!Number.isSafeInteger(size) || size < 1) throw new Error(`a frame of ${size} bytes`);
  let frame = Buffer.allocUnsafe(size);
  let filled = 0;
  let count = 0;
  for await (const chunk of withPatience(stream, cut)) {
    let at = 0;
    while (at < chunk.length) {
      if (count === most) throw failed(`${writer} gave more than the ${most} frames that were expected.`);
      const taken = Math.min(size - filled, chunk.length - at);
      frame.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled < size) continue;
      count++;
      yield frame;
      frame = Buffer.allocUnsafe(size);
      filled = 0;
    }
  }
  return filled;
}

/** The clock runs only while we wait for the writer: a slow reader is no reason to give up. */
async function* withPatience(
  stream: AsyncIterable<Uint8Array>,
  { writer, patience, giveUp }: Cut,
): AsyncGenerator<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  let late = false;
  try {
    for (;;) {
      const takeBack = systemClock.after(patience, () => {
        late = true;
        giveUp();
      });
      const { value, done } = await chunks.next().finally(takeBack);
      if (late) throw failed(`${writer} gave nothing for ${Math.round(patience / 1000)} seconds.`);
      if (done === true) return;
      yield value;
    }
  } finally {
    await chunks.return?.();
  }
}

function failed(sentence: string): CosmosError {
  return new CosmosError('encode_failed', sentence);
}
