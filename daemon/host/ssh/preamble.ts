/** Separates what a script prints from what the login shell's start files printed before it. */
import { Transform, type TransformCallback } from 'node:stream';

/** Bytes of noise that are looked through; more is no greeting. */
const MAX_NOISE = 2 ** 20;

/** Emits "started" once, when the script has begun. */
export class Preamble extends Transform {
  /** Process group of the script; undefined until it has started. */
  group: number | undefined;
  private seen: Buffer = Buffer.alloc(0);
  private readonly marker: Buffer;

  constructor(marker: string) {
    super();
    this.marker = Buffer.from(`\n${marker} `);
  }

  get hasStarted(): boolean {
    return this.group !== undefined;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.hasStarted) done(null, chunk);
    else this.search(chunk, done);
  }

  private search(chunk: Buffer, done: TransformCallback): void {
    this.seen = Buffer.concat([this.seen, chunk]);
    const at = this.seen.indexOf(this.marker);
    const end = at < 0 ? -1 : this.seen.indexOf('\n', at + this.marker.length);
    if (end < 0) {
      done(this.seen.length > MAX_NOISE ? new Error('the login shell prints without end') : null);
      return;
    }
    this.group = Number(this.seen.toString('latin1', at + this.marker.length, end));
    this.emit('started');
    this.push(this.seen.subarray(end + 1));
    this.seen = Buffer.alloc(0);
    done();
  }
}
