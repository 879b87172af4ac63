/** An EXR file as bytes that are asked for. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { CUT_OFF } from '../image.js';
import { PictureError } from '../picture-error.js';
import { type ExrHeader, FIRST_HEAD, headerIn } from './header.js';

/** Reads a file that another process may replace meanwhile: everything is checked against its size. */
export interface ExrSource {
  /** Bytes. */
  readonly size: number;
  /** Exactly `length` bytes. @throws PictureError when the file ends before. */
  read(at: number, length: number): Buffer;
}

/** Opens, lends, closes. Synchronous, because whoever decodes has a process of his own. */
export function withSource<T>(file: string, use: (source: ExrSource) => T): T {
  const handle = openSync(file, 'r');
  try {
    return use(new FileSource(handle, fstatSync(handle).size));
  } finally {
    closeSync(handle);
  }
}

/** @throws PictureError */
export function headerOf(source: ExrSource): ExrHeader {
  for (let size = FIRST_HEAD; ; size *= 4) {
    const header = headerIn(source.read(0, Math.min(size, source.size)), size);
    if (header !== undefined) return header;
  }
}

class FileSource implements ExrSource {
  constructor(
    private readonly handle: number,
    readonly size: number,
  ) {}

  read(at: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const got = readSync(this.handle, buffer, filled, length - filled, at + filled);
      if (got === 0) throw new PictureError(CUT_OFF);
      filled += got;
    }
    return buffer;
  }
}
