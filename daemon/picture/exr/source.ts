/** Random access to the bytes of an EXR file. */
import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, realpathSync } from 'node:fs';
import { isInside } from '../../local-path.js';
import { CUT_OFF } from '../image.js';
import { PictureError } from '../picture-error.js';
import { type ExrHeader, FIRST_HEAD, headerIn } from './header.js';

/** Another process may change the file meanwhile, so every read is checked against its size. */
export interface ExrSource {
  /** Bytes. */
  readonly size: number;
  /** Exactly `length` bytes. @throws PictureError when the file ends before. */
  read(at: number, length: number): Buffer;
}

/** A pipe is not waited for; Windows has neither the flag nor such pipes. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens the file, calls back, closes it. Synchronous, because decoding has its own process; so the open file is checked
 * here, as foreign/open.ts does in the daemon.
 * @param root folder below which it must lie, links resolved; null = anywhere
 * @throws PictureError unless it is a regular file below the root; the system's own errors
 */
export function withSource<T>(file: string, use: (source: ExrSource) => T, root: string | null = null): T {
  const handle = openSync(file, FLAGS);
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) throw new PictureError('is no regular file');
    if (root !== null && !isInside(pathOf(handle, file), realpathSync(root))) {
      throw new PictureError('is a link that leads out of the watched folder');
    }
    return use(new FileSource(handle, stats.size));
  } finally {
    closeSync(handle);
  }
}

/** Linux knows where an open file lies (proc(5)); elsewhere the name is followed again. */
function pathOf(handle: number, file: string): string {
  return process.platform === 'linux' ? readlinkSync(`/proc/self/fd/${handle}`) : realpathSync(file);
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
