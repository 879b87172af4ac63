/**
 * Image files as one stream that ffmpeg reads from its standard input: a packet a file in the simplest container that
 * says how long a packet is (IVF, https://wiki.multimedia.cx/index.php/Duck_IVF). So ffmpeg sees no name, which it might
 * take for a pattern or a protocol, guesses no format, and gives one frame a file in the order of the files.
 */
import path from 'node:path';
import { CosmosError } from '../../errors.js';
import { KINDS } from '../../foreign/kinds.js';
import { openForeign } from '../../foreign/open.js';
import { Refusal } from '../../foreign/refusal.js';
import { pipeInput } from '../../media/input.js';
import { notRead } from '../bytes.js';

/** ffmpeg's arguments for such a stream. Only the decoder matters: the size in the container is not looked at. */
export function packetInput(decoder: string): string[] {
  return pipeInput(['-f', 'ivf', '-c:v', decoder]);
}

/** Bytes of the largest file that a packet can hold. */
const LARGEST = 2 ** 30;

/** @throws CosmosError encode_failed when a file is too large or changes while it is read; the system's own errors. */
export async function* packetsOf(files: readonly string[], root: string | null): AsyncGenerator<Buffer> {
  yield head(files.length);
  for (const [number, file] of files.entries()) {
    const opened = await openForeign(file, { kind: KINDS.media, root }).catch((error: unknown) => {
      throw error instanceof Refusal ? failed(file, notRead(error)) : error;
    });
    try {
      const { size } = opened.stats;
      if (size > LARGEST) throw failed(file, 'is larger than 1 GB, which is not read; export a smaller picture');
      yield packetHead(size, number);
      let left = size;
      for await (const piece of opened.pieces()) {
        left -= piece.length;
        if (left < 0) break;
        yield piece;
      }
      if (left !== 0) throw failed(file, 'changed while it was read; try again when it is complete');
    } finally {
      opened.close();
    }
  }
}

function failed(file: string, what: string): CosmosError {
  return new CosmosError('encode_failed', `${path.basename(file)} ${what}.`, { file });
}

/** Signature, version 0, length of this head, a codec, a size, 25 packets a second, how many there are. */
function head(packets: number): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.write('DKIF', 0, 'latin1');
  bytes.writeUInt16LE(bytes.length, 6);
  // The decoder is named apart from it. Under any other name the decoder of PNG adds a picture to the one before, as a
  // codec of movies once did with packets that are no key frames.
  bytes.write('MPNG', 8, 'latin1');
  bytes.writeUInt16LE(16, 12);
  bytes.writeUInt16LE(16, 14);
  bytes.writeUInt32LE(25, 16);
  bytes.writeUInt32LE(1, 20);
  bytes.writeUInt32LE(packets, 24);
  return bytes;
}

function packetHead(size: number, time: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32LE(size, 0);
  bytes.writeBigUInt64LE(BigInt(time), 4);
  return bytes;
}
