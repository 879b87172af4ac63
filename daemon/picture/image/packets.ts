/**
 * Image files as one stream that ffmpeg reads from its standard input: a packet a file in the simplest container that
 * says how long a packet is (IVF, https://wiki.multimedia.cx/index.php/Duck_IVF). So ffmpeg sees no name, which it might
 * take for a pattern or a protocol, guesses no format, and gives one frame a file in the order of the files.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CosmosError } from '../../errors.js';

/** ffmpeg's arguments for such a stream. Only the decoder matters: the size in the container is not looked at. */
export function packetInput(decoder: string): string[] {
  return ['-f', 'ivf', '-c:v', decoder, '-i', 'pipe:0'];
}

/** Bytes of the largest file that a packet can hold. */
const LARGEST = 2 ** 30;

/** @throws CosmosError encode_failed when a file is too large or changes while it is read; the system's own errors. */
export async function* packetsOf(files: readonly string[]): AsyncGenerator<Buffer> {
  yield head(files.length);
  for (const [number, file] of files.entries()) {
    const { size } = await stat(file);
    if (size > LARGEST) throw failed(file, 'is larger than 1 GB, which is not read; export a smaller picture');
    yield packetHead(size, number);
    let left = size;
    for await (const chunk of createReadStream(file)) {
      left -= chunk.length;
      if (left < 0) break;
      yield chunk;
    }
    if (left !== 0) throw failed(file, 'changed while it was read; try again when it is complete');
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
