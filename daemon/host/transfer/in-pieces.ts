/** A stream that gathers small writes into pieces of 64 KiB. */
import { Transform, type TransformCallback } from 'node:stream';

/** Bytes that are handed on at once. */
const PIECE = 64 * 1024;

/** Gathers small writes: as packets of their own, the three that a tar has for each file would cost more than its bytes. */
export class InPieces extends Transform {
  private parts: Buffer[] = [];
  private bytes = 0;

  override _transform(part: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.parts.push(part);
    this.bytes += part.length;
    if (this.bytes >= PIECE) this.handOn();
    done();
  }

  override _flush(done: TransformCallback): void {
    this.handOn();
    done();
  }

  private handOn(): void {
    this.push(Buffer.concat(this.parts, this.bytes));
    this.parts = [];
    this.bytes = 0;
  }
}
