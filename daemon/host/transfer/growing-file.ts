/** Works on a file while it still arrives, so that next to nothing is left to do when the last byte is here. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/** Bytes that have to be new before they are looked at: fewer, larger reads. */
const STEP = 4 * 2 ** 20;

/** Digests the file and writes it back to the disk. What it read is in memory already: the system's cache has it. */
export class GrowingFile {
  private readonly hash = createHash('sha256');
  private readonly handle: Promise<FileHandle>;
  private digested = 0;
  private known = 0;
  private work: Promise<void> = Promise.resolve();

  /** The file has to be there. */
  constructor(file: string) {
    this.handle = open(file, 'r+');
    this.handle.catch(() => {}); // told by finish()
  }

  /** The first `bytes` are there by now. */
  grownTo(bytes: number): void {
    if (bytes - this.known < STEP) return;
    this.known = bytes;
    this.work = this.work.then(() => this.catchUp(bytes));
    this.work.catch(() => {}); // told by finish()
  }

  /** SHA-256 of the file's `bytes`, which are on the disk then. */
  async finish(bytes: number): Promise<string> {
    await this.work;
    await this.catchUp(bytes);
    await (await this.handle).sync();
    return this.hash.digest('hex');
  }

  async close(): Promise<void> {
    await this.work.catch(() => {}); // why it failed was told by finish(), or does not matter any more
    const handle = await this.handle.catch(() => undefined);
    await handle?.close();
  }

  private async catchUp(bytes: number): Promise<void> {
    const handle = await this.handle;
    const buffer = Buffer.allocUnsafe(STEP);
    while (this.digested < bytes) {
      const length = Math.min(STEP, bytes - this.digested);
      const { bytesRead } = await handle.read(buffer, 0, length, this.digested);
      if (bytesRead === 0) return; // shorter than it should be: the digest will say so
      this.hash.update(buffer.subarray(0, bytesRead));
      this.digested += bytesRead;
    }
    await handle.datasync();
  }
}
