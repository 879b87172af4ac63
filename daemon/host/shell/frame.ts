/** Separates a script's output from the rest of its channel: start files print before and after it. */
import { Transform, type TransformCallback } from 'node:stream';
import { Tail } from './tail.js';

/** Bytes kept of the output before the script, to quote them when the script never starts. */
const NOISE_BYTES = 2 ** 13;
/** Bytes that the rest of a mark's line can have: a number, and what a terminal adds. */
const VALUE_BYTES = 16;

export interface Marks {
  /** Begins the line by which the sh reports that it runs. */
  readonly ready: string;
  /** Begins the line that the script prints right before its output, and again right after it, with its exit code. */
  readonly edge: string;
}

/** Emits "ready", "started" and "finished" at the three marks, once each. */
export class Frame extends Transform {
  /** The rest of the first mark's line; undefined until it arrives. */
  opening: string | undefined;
  /** Whether the script itself has started. */
  hasStarted = false;
  /** The script's exit code; undefined when it was killed before it could print one. */
  exitCode: number | undefined;
  private readonly noise = new Tail(NOISE_BYTES);
  /** Bytes that may be the beginning of a mark. */
  private held: Buffer = Buffer.alloc(0);
  private readonly marks: { readonly ready: Buffer; readonly edge: Buffer };

  constructor({ ready, edge }: Marks) {
    super();
    this.marks = { ready: Buffer.from(ready), edge: Buffer.from(edge) };
  }

  /** The last output before the script, or all output when it never started. */
  get before(): string {
    return this.noise.toString() + (this.hasStarted ? '' : this.held.toString('utf8'));
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.exitCode === undefined) {
      const bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
      this.held = Buffer.alloc(0);
      this.advance(bytes);
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    if (this.hasStarted && this.exitCode === undefined) this.push(this.held);
    done();
  }

  private advance(bytes: Buffer): void {
    const mark = this.opening === undefined ? this.marks.ready : this.marks.edge;
    const found = find(bytes, mark);
    const to = found?.from ?? undecided(bytes, mark);
    this.give(bytes.subarray(0, to));
    if (found === undefined) this.held = bytes.subarray(to);
    else this.cross(found.value, bytes.subarray(found.to));
  }

  private give(bytes: Buffer): void {
    if (!this.hasStarted) this.noise.push(bytes);
    else if (bytes.length > 0) this.push(bytes);
  }

  /** The next mark. */
  private cross(value: string, rest: Buffer): void {
    if (this.opening === undefined) {
      this.opening = value;
      this.emit('ready');
      this.advance(rest);
    } else if (!this.hasStarted) {
      this.hasStarted = true;
      this.emit('started');
      this.advance(rest);
    } else {
      this.exitCode = Number(value);
      this.push(null);
      this.emit('finished');
    }
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

/** Offset from which the last bytes may be the beginning of a mark; the length when no bytes may be. */
function undecided(bytes: Buffer, mark: Buffer): number {
  const first = mark[0] ?? 0; // no mark is empty
  const earliest = Math.max(0, bytes.length - mark.length - VALUE_BYTES + 1);
  for (let at = bytes.indexOf(first, earliest); at >= 0; at = bytes.indexOf(first, at + 1)) {
    const rest = bytes.subarray(at, at + mark.length);
    if (rest.equals(mark.subarray(0, rest.length)) && !bytes.includes('\n', at + mark.length)) return at;
  }
  return bytes.length;
}
