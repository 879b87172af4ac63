/**
 * Files that people wrote, read whole, within a bound, and never from what is no file: a pipe would be waited for, a
 * device has no end.
 */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import prettyBytes from 'pretty-bytes';
import type { ErrorCode } from '../../schemas/index.js';
import { errnoOf } from '../errors.js';
import { type Decoded, decodeProse, decodeText } from './decode.js';
import { asPythonReads } from './lines.js';
import { TextProblem } from './problem.js';

/** Bytes. A prompt is a page at most; a manifest with a camera for ten thousand frames has about 4 MB. */
export const MOST_OF_PROMPT = 2 ** 20;
export const MOST_OF_FILE = 64 * 2 ** 20;

/** Opening a pipe waits for its writer without this; Windows has no such flag and no such pipes. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const PIECE = 64 * 1024;

/**
 * The text of a file, exactly as it was written.
 * @param code of the error; system errors are thrown as they are
 * @throws CosmosError `code` with one sentence; the system error of a file that cannot be opened
 */
export async function readText(file: string, code: ErrorCode): Promise<string> {
  return taken(decodeUnless(await readBytes(file), decodeText), file, code).text;
}

/** As {@link readText}; with the form of the text, for who writes it back. */
export function readTextSync(file: string, code: ErrorCode): Decoded {
  return taken(decodeUnless(readBytesSync(file), decodeText), file, code);
}

/** A prompt: line ends as Python reads them, blanks around it taken away. @throws as {@link readText} */
export async function readPrompt(file: string, code: ErrorCode): Promise<string> {
  return asPrompt(await readBytes(file, MOST_OF_PROMPT), file, code);
}

/** @param file a path, or a number: a descriptor that is open, whatever it reads from. @param name as it is called */
export function readPromptSync(file: string | number, name: string, code: ErrorCode): string {
  return asPrompt(readBytesSync(file, MOST_OF_PROMPT), name, code);
}

function asPrompt(bytes: Buffer | TextProblem, name: string, code: ErrorCode): string {
  const { text } = taken(decodeUnless(bytes, decodeProse), name, code);
  return asPythonReads(text).trim();
}

function decodeUnless(bytes: Buffer | TextProblem, decode: (bytes: Buffer) => Decoded | TextProblem) {
  return bytes instanceof TextProblem ? bytes : decode(bytes);
}

function taken(decoded: Decoded | TextProblem, file: string, code: ErrorCode): Decoded {
  if (decoded instanceof TextProblem) throw decoded.toError(file, code);
  return decoded;
}

/** @param most bytes @throws the system error when it cannot be opened or read */
export async function readBytes(file: string, most = MOST_OF_FILE): Promise<Buffer | TextProblem> {
  const handle = await open(file, FLAGS);
  try {
    const refused = refusal(await handle.stat(), most);
    return refused ?? bounded(await upTo(handle, most + 1), most);
  } finally {
    await handle.close();
  }
}

async function upTo(handle: FileHandle, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const buffer = Buffer.alloc(PIECE);
  for (let left = most; left > 0; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(PIECE, left));
    if (bytesRead === 0) break;
    pieces.push(Buffer.from(buffer.subarray(0, bytesRead)));
    left -= bytesRead;
  }
  return Buffer.concat(pieces);
}

/** As {@link readBytes}; a descriptor is read whatever it leads to. */
export function readBytesSync(file: string | number, most = MOST_OF_FILE): Buffer | TextProblem {
  if (typeof file === 'number') return bounded(upToSync(file, most + 1), most);
  const descriptor = openSync(file, FLAGS);
  try {
    return refusal(fstatSync(descriptor), most) ?? bounded(upToSync(descriptor, most + 1), most);
  } finally {
    closeSync(descriptor);
  }
}

function upToSync(descriptor: number, most: number): Buffer {
  const pieces: Buffer[] = [];
  const buffer = Buffer.alloc(PIECE);
  for (let left = most; left > 0; ) {
    const bytesRead = readPiece(descriptor, buffer.subarray(0, left));
    if (bytesRead === 0) break;
    pieces.push(Buffer.from(buffer.subarray(0, bytesRead))); // a copy: of a slow pipe each piece is a byte or two
    left -= bytesRead;
  }
  return Buffer.concat(pieces);
}

function readPiece(descriptor: number, buffer: Buffer): number {
  try {
    return readSync(descriptor, buffer);
  } catch (error) {
    if (errnoOf(error) === 'EOF') return 0; // so a pipe ends on Windows
    throw error;
  }
}

function refusal(stats: Stats, most: number): TextProblem | null {
  if (stats.isDirectory()) return new TextProblem('this is a folder', 'name a text file');
  if (!stats.isFile()) return new TextProblem('this is a pipe or a device, and no file', 'write the text into a file');
  return stats.size > most ? tooBig(`this has ${prettyBytes(stats.size)}`, most) : null;
}

function bounded(bytes: Buffer, most: number): Buffer | TextProblem {
  return bytes.length > most ? tooBig('this has more bytes than such a text can have', most) : bytes;
}

function tooBig(what: string, most: number): TextProblem {
  return new TextProblem(
    what,
    `no more than ${prettyBytes(most, { binary: true })} are read, so see whether it is the right file`,
  );
}
