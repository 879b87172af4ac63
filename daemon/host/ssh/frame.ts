/** Cuts what a script prints out of all that its channel brings: before and after it, others speak. */
import { Transform, type TransformCallback } from 'node:stream';
import { Tail } from './tail.js';

/** Bytes of what came before that are kept, to show what the host said when the script never comes. */
const NOISE_BYTES = 2 ** 13;
/** Bytes that the rest of a mark's line can have: a number, and what a terminal adds. */
const VALUE_BYTES = 16;

export interface Marks {
  /** Begins the line after which the output begins. */
  readonly ready: string;
  /** Comes right after the last byte of the output; the exit code and a newline follow. Begins with a rare byte. */
  readonly end: string;
}

/** Emits "started" once, when the script has begun, and "finished" once, when it has said that it ends. */
export class Frame extends Transform {
  /** What follows the first mark on its line; undefined until it came. */
  opening: string | undefined;
  /** What the script ended with; undefined when it did not say, because it was killed. */
  exitCode: number | undefined;
  private readonly noise = new Tail(NOISE_BYTES);
  /** What may be the beginning of a mark. */
  private held: Buffer = Buffer.alloc(0);
  private readonly marks: { readonly ready: Buffer; readonly end: Buffer };

  constructor({ ready, end }: Marks) {
    super();
    this.marks = { ready: Buffer.from(ready), end: Buffer.from(end) };
  }

  get hasStarted(): boolean {
    return this.opening !== undefined;
  }

  /** The last that came before the script, or all that is there when it never came. */
  get before(): string {
    return this.noise.toString() + (this.hasStarted ? '' : this.held.toString('utf8'));
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.exitCode === undefined) {
      const bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
      this.held = Buffer.alloc(0);
      if (this.hasStarted) this.pass(bytes);
      else this.search(bytes);
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    if (this.hasStarted && this.exitCode === undefined) this.push(this.held);
    done();
  }

  private search(bytes: Buffer): void {
    const mark = find(bytes, this.marks.ready);
    if (mark === undefined) {
      const from = undecided(bytes, this.marks.ready);
      this.noise.push(bytes.subarray(0, from));
      this.held = bytes.subarray(from);
      return;
    }
    this.noise.push(bytes.subarray(0, mark.from));
    this.opening = mark.value;
    this.emit('started');
    if (mark.to < bytes.length) this.pass(bytes.subarray(mark.to));
  }

  private pass(bytes: Buffer): void {
    const mark = find(bytes, this.marks.end);
    const to = mark?.from ?? undecided(bytes, this.marks.end);
    if (to > 0) this.push(bytes.subarray(0, to));
    if (mark === undefined) {
      this.held = bytes.subarray(to);
      return;
    }
    this.exitCode = Number(mark.value);
    this.push(null);
    this.emit('finished');
  }
}

interface Found {
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

/** The first whole mark: its words, a number, a newline (of a terminal: with a carriage return). */
function find(bytes: Buffer, mark: Buffer): Found | undefined {
  for (let from = bytes.indexOf(mark); from >= 0; from = bytes.indexOf(mark, from + 1)) {
    const at = from + mark.length;
    const newline = bytes.subarray(at, at + VALUE_BYTES).indexOf('\n');
    const value = newline < 0 ? undefined : bytes.toString('latin1', at, at + newline);
    if (value !== undefined && /^\d+\r?$/.test(value)) return { from, to: at + newline + 1, value };
  }
  return undefined;
}

/** Where the last bytes begin that may become a mark when more comes; the length when none do. */
function undecided(bytes: Buffer, mark: Buffer): number {
  const first = mark[0] ?? 0; // no mark is empty
  const earliest = Math.max(0, bytes.length - mark.length - VALUE_BYTES + 1);
  for (let at = bytes.indexOf(first, earliest); at >= 0; at = bytes.indexOf(first, at + 1)) {
    const rest = bytes.subarray(at, at + mark.length);
    if (rest.equals(mark.subarray(0, rest.length)) && !bytes.includes('\n', at + mark.length)) return at;
  }
  return bytes.length;
}
