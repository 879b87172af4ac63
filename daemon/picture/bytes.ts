/** Reads small pieces of a file, so that checking a frame never costs reading the frame. */
import { type FileHandle, open } from 'node:fs/promises';

export class FileBytes {
  private constructor(
    private readonly handle: FileHandle,
    /** Bytes. */
    readonly size: number,
  ) {}

  /** Opens, lends to `use`, closes. @throws the system error when the file cannot be read. */
  static async with<T>(file: string, use: (bytes: FileBytes) => Promise<T>): Promise<T> {
    const handle = await open(file, 'r');
    try {
      return await use(new FileBytes(handle, (await handle.stat()).size));
    } finally {
      await handle.close();
    }
  }

  /** Up to `length` bytes from `from`; shorter at the end of the file. */
  async at(from: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.size - from));
    const buffer = Buffer.alloc(wanted);
    const { bytesRead } = await this.handle.read(buffer, 0, wanted, from);
    return buffer.subarray(0, bytesRead);
  }

  /** The last `length` bytes, or all of a shorter file. */
  async tail(length: number): Promise<Buffer> {
    return this.at(Math.max(0, this.size - length), length);
  }
}
