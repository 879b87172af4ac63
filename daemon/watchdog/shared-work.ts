/**
 * The memory that the daemon's main thread and its watchdog share. The main thread writes, the watchdog reads: also
 * while the main thread stands still, which is when it matters.
 */
import { Buffer } from 'node:buffer';
import type { JobWork } from '../../schemas/index.js';

/** Places in the words that come first. */
const BEAT = 0;
const DEBUGGED = 1;
const TEXT_BYTES = 2;
const HEAD_BYTES = 3 * Int32Array.BYTES_PER_ELEMENT;

/** Room for the names of what is at work: a job takes about 100 bytes. */
const TEXT_ROOM = 2 ** 14;

export class SharedWork {
  private readonly head: Int32Array;
  private readonly text: Uint8Array;

  constructor(readonly memory = new SharedArrayBuffer(HEAD_BYTES + TEXT_ROOM)) {
    this.head = new Int32Array(memory, 0, HEAD_BYTES / Int32Array.BYTES_PER_ELEMENT);
    this.text = new Uint8Array(memory, HEAD_BYTES);
  }

  /** The loop turns. `isDebugged` = somebody may hold it at a breakpoint from now on. */
  turned(isDebugged: boolean): void {
    Atomics.store(this.head, DEBUGGED, isDebugged ? 1 : 0);
    Atomics.add(this.head, BEAT, 1);
  }

  /** Another number with every turn. */
  get beat(): number {
    return Atomics.load(this.head, BEAT);
  }

  get isDebugged(): boolean {
    return Atomics.load(this.head, DEBUGGED) === 1;
  }

  /** What is at work now; what there is no room for is left out. */
  set work(work: readonly JobWork[]) {
    const bytes = textOf(work);
    this.text.set(bytes);
    Atomics.store(this.head, TEXT_BYTES, bytes.length);
  }

  /** Empty when it was read in the middle of a change. */
  get work(): JobWork[] {
    const bytes = Buffer.from(this.text.slice(0, Atomics.load(this.head, TEXT_BYTES)));
    try {
      return JSON.parse(bytes.toString('utf8')) as JobWork[]; // nobody but the setter above writes it
    } catch {
      return [];
    }
  }
}

function textOf(work: readonly JobWork[]): Buffer {
  const bytes = Buffer.from(JSON.stringify(work));
  return bytes.length <= TEXT_ROOM ? bytes : textOf(work.slice(0, -1));
}
