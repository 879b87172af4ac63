/** A local file that is being received: hashed in memory, written and flushed while the next bytes arrive. */
import type { Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { hashOfStart } from './local-digest.js';

/** Bytes written at once. Twice as many are held in memory at the most. */
const STEP = 2 ** 20;
/** Bytes between two flushes to disk, so that the last flush is short. */
const FLUSH = 16 * 2 ** 20;

export class ArrivingFile {
  private pieces: Uint8Array[] = [];
  private held = 0;
  private writing: Promise<void> = Promise.resolve();
  private flushing: Promise<void> | undefined;
  private flushed: number;

  private constructor(
    private readonly handle: FileHandle,
    private readonly hash: Hash,
    private written: number,
  ) {
    this.flushed = written;
  }

  /** Keeps the first `fromByte` bytes of the file, which must exist. */
  static async open(file: string, fromByte: number, signal: AbortSignal): Promise<ArrivingFile> {
    const hash = await hashOfStart(file, fromByte, signal);
    const handle = await open(file, fromByte > 0 ? 'r+' : 'w');
    await handle.truncate(fromByte);
    return new ArrivingFile(handle, hash, fromByte);
  }

  /** Bytes that have arrived, with those that were kept. */
  get bytes(): number {
    return this.written + this.held;
  }

  /** Waits when the disk is slower than the sender. @throws the system's own error when a write fails. */
  async add(piece: Uint8Array): Promise<void> {
    this.hash.update(piece);
    this.pieces.push(piece);
    this.held += piece.length;
    if (this.held >= STEP) await this.hand();
  }

  /** SHA-256 of all bytes; they are flushed to disk when it resolves. */
  async finish(): Promise<string> {
    await this.hand();
    await this.writing;
    await this.flushing;
    await this.handle.sync();
    return this.hash.digest('hex');
  }

  /** Keeps the file, also after a failure: a later transfer continues it. */
  async close(): Promise<void> {
    await this.hand().catch(() => {}); // add() or finish() has thrown the reason
    await Promise.allSettled([this.writing, this.flushing]);
    await this.handle.close();
  }

  /** Begins to write what is held once the write before it is done. */
  private async hand(): Promise<void> {
    await this.writing;
    const { pieces, held, written } = this;
    this.pieces = [];
    this.held = 0;
    this.written += held;
    this.writing = this.write(pieces, written);
    this.writing.catch(() => {}); // thrown by the next hand(), or by finish()
  }

  private async write(pieces: readonly Uint8Array[], at: number): Promise<void> {
    if (pieces.length === 0) return;
    await writeAll(this.handle, Buffer.concat(pieces), at);
    if (this.flushing !== undefined || this.written - this.flushed < FLUSH) return;
    this.flushed = this.written;
    this.flushing = this.handle.datasync().finally(() => {
      this.flushing = undefined;
    });
    this.flushing.catch(() => {}); // finish() syncs again and throws it
  }
}

/** The system may take less than it was given. */
async function writeAll(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}
