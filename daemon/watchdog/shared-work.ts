/**
 * The memory that the main thread of the daemon shares with the watchdog. The main thread writes; the watchdog reads,
 * also while the main thread is blocked.
 */
import { Buffer } from 'node:buffer';
import type { JobWork } from '../../schemas/index.js';

/** Indexes of the 32-bit words at the start of the memory. */
const BEAT = 0;
const DEBUGGED = 1;
const TEXT_BYTES = 2;
const HEAD_BYTES = 3 * Int32Array.BYTES_PER_ELEMENT;

/** Bytes for the names of the steps at work; one job needs about 100. */
const TEXT_ROOM = 2 ** 14;

export class SharedWork {
  private readonly head: Int32Array;
  private readonly text: Uint8Array;

  constructor(readonly memory = new SharedArrayBuffer(HEAD_BYTES + TEXT_ROOM)) {
    this.head = new Int32Array(memory, 0, HEAD_BYTES / Int32Array.BYTES_PER_ELEMENT);
    this.text = new Uint8Array(memory, HEAD_BYTES);
  }

  /** To be called with every turn of the loop. `isDebugged` = a debugger may hold the main thread from now on. */
  turned(isDebugged: boolean): void {
    Atomics.store(this.head, DEBUGGED, isDebugged ? 1 : 0);
    Atomics.add(this.head, BEAT, 1);
  }

  /** Changes with every turn of the loop. */
  get beat(): number {
    return Atomics.load(this.head, BEAT);
  }

  get isDebugged(): boolean {
    return Atomics.load(this.head, DEBUGGED) === 1;
  }

  /** Stores the steps at work; those without room are left out. */
  set work(work: readonly JobWork[]) {
    const bytes = textOf(work);
    this.text.set(bytes);
    Atomics.store(this.head, TEXT_BYTES, bytes.length);
  }

  /** The steps at work; empty when the memory was read during a change. */
  get work(): JobWork[] {
    const bytes = Buffer.from(this.text.slice(0, Atomics.load(this.head, TEXT_BYTES)));
    try {
      return JSON.parse(bytes.toString('utf8')) as JobWork[]; // only the setter above writes it
    } catch {
      return [];
    }
  }
}

function textOf(work: readonly JobWork[]): Buffer {
  const bytes = Buffer.from(JSON.stringify(work));
  return bytes.length <= TEXT_ROOM ? bytes : textOf(work.slice(0, -1));
}
