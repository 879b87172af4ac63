/** Reads small pieces of a file, so that checking a frame never costs reading the frame. */
import { KINDS } from '../foreign/kinds.js';
import { type ForeignFile, openForeign } from '../foreign/open.js';
import type { Refusal } from '../foreign/refusal.js';

/** Bytes of one piece: no header has more, and what a damaged one claims must not cost memory. */
const LARGEST = 16 * 2 ** 20;

export class FileBytes {
  private constructor(private readonly file: ForeignFile) {}

  /**
   * Opens the file, calls `use`, closes the file.
   * @param root folder below which it must lie, links resolved; null = anywhere
   * @throws Refusal unless it is a regular file below the root; the system error when it cannot be read
   */
  static async with<T>(file: string, use: (bytes: FileBytes) => Promise<T>, root: string | null = null): Promise<T> {
    const opened = await openForeign(file, { kind: KINDS.media, root });
    try {
      return await use(new FileBytes(opened));
    } finally {
      opened.close();
    }
  }

  /** Bytes. */
  get size(): number {
    return this.file.stats.size;
  }

  /** Up to `length` bytes from `from`; shorter at the end of the file. @throws RangeError for more than 16 MB */
  async at(from: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.size - from));
    if (wanted > LARGEST) throw new RangeError(`${wanted} bytes are no piece`);
    const buffer = Buffer.alloc(wanted);
    return buffer.subarray(0, wanted === 0 ? 0 : await this.file.read(buffer, from));
  }

  /** The last `length` bytes, or all of a shorter file. */
  async tail(length: number): Promise<Buffer> {
    return this.at(Math.max(0, this.size - length), length);
  }
}

/** A refusal as the rest of a sentence that starts with the file's name: "is a pipe, and no file". */
export function notRead({ what }: Refusal): string {
  return what.replace(/^this /, '');
}
