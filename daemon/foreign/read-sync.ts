/** The synchronous form of open.ts, for commands and the start of the daemon, which have nothing else to do meanwhile. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { errnoOf } from '../errors.js';
import { requireFileName, requireRegular } from './file-type.js';
import type { Kind } from './kinds.js';
import { requireSize } from './size.js';

/** Links are followed, because the user typed the name and may read any file. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const PIECE = 64 * 1024;

/**
 * The whole of a regular file.
 * @throws Refusal with the reason; the system error of a file that cannot be opened
 */
export function readForeignSync(file: string, kind: Kind): Buffer {
  requireFileName(file);
  const descriptor = openSync(file, FLAGS);
  try {
    const stats = fstatSync(descriptor);
    requireRegular(file, stats);
    requireSize(file, stats.size, kind);
    return readDescriptorSync(descriptor, file, kind);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads an open descriptor of any type, up to the limit of its kind. @throws Refusal when there is more */
export function readDescriptorSync(descriptor: number, name: string, kind: Kind): Buffer {
  const pieces: Buffer[] = [];
  const buffer = Buffer.alloc(PIECE);
  let size = 0;
  for (;;) {
    const count = readPiece(descriptor, buffer);
    if (count === 0) return Buffer.concat(pieces);
    size += count;
    requireSize(name, size, kind);
    pieces.push(Buffer.from(buffer.subarray(0, count))); // a copy: of a slow pipe each piece is a byte or two
  }
}

function readPiece(descriptor: number, buffer: Buffer): number {
  try {
    return readSync(descriptor, buffer);
  } catch (error) {
    if (errnoOf(error) === 'EOF') return 0; // so a pipe ends on Windows
    throw error;
  }
}
