/** Texts that people wrote, through the door of foreign files: the text exactly as it was written, or why it is none. */
import type { ErrorCode } from '../../schemas/index.js';
import { KINDS, type Kind } from '../foreign/kinds.js';
import { type Allowed, readForeign } from '../foreign/open.js';
import { readDescriptorSync, readForeignSync } from '../foreign/read-sync.js';
import { Refusal } from '../foreign/refusal.js';
import { type Decoded, decodeProse, decodeText } from './decode.js';
import { asPythonReads } from './lines.js';
import { TextProblem } from './problem.js';

/**
 * The text of a file, exactly as it was written.
 * @param code of the error; system errors are thrown as they are
 * @throws CosmosError `code` with one sentence; disk_silent; the system error of a file that cannot be opened
 */
export async function readText(file: string, code: ErrorCode, allowed: Allowed): Promise<string> {
  return taken(decodeUnless(await readBytes(file, allowed), decodeText), file, code).text;
}

/** As {@link readText}, of a file that the user named; with the form of the text, so that it can be written back. */
export function readTextSync(file: string, code: ErrorCode, kind: Kind): Decoded {
  return taken(decodeUnless(readBytesSync(file, kind), decodeText), file, code);
}

/**
 * A prompt: line ends as Python reads them, blanks around it taken away.
 * @param root folder that it must be in; null = the user named it
 * @throws as {@link readText}
 */
export async function readPrompt(file: string, code: ErrorCode, root: string | null): Promise<string> {
  return asPrompt(await readBytes(file, { kind: KINDS.prompt, root }), file, code);
}

/** @param file a path, or a number: a descriptor that is open, whatever it reads from. @param name as it is called */
export function readPromptSync(file: string | number, name: string, code: ErrorCode): string {
  return asPrompt(readBytesSync(file, KINDS.prompt), name, code);
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

/** @throws the system error when it cannot be opened or read; CosmosError disk_silent */
export async function readBytes(file: string, allowed: Allowed): Promise<Buffer | TextProblem> {
  try {
    return await readForeign(file, allowed);
  } catch (error) {
    return problemOf(error);
  }
}

/** As {@link readBytes}, of a file that the user named; a descriptor of any type is read. */
export function readBytesSync(file: string | number, kind: Kind): Buffer | TextProblem {
  try {
    return typeof file === 'number' ? readDescriptorSync(file, 'this', kind) : readForeignSync(file, kind);
  } catch (error) {
    return problemOf(error);
  }
}

function problemOf(error: unknown): TextProblem {
  if (error instanceof Refusal) return new TextProblem(error.what, error.remedy);
  throw error;
}
