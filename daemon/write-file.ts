/** Writes files whole or not at all, also when another program holds the old one for a moment (held-file.ts). */
import writeAtomic from 'write-file-atomic';
import { isHeld, untilFree } from './held-file.js';

export interface WriteOptions {
  readonly mode?: number;
  /** False = a power cut may leave the file empty; default: on disk before it gets its name. */
  readonly fsync?: boolean;
}

export function writeFileAtomic(file: string, text: string | Buffer, options: WriteOptions = {}): Promise<void> {
  return untilFree(() => writeAtomic(file, text, options));
}

/** Attempts of the synchronous form, and milliseconds between them; few, because the whole process waits. */
const TRIES = 10;
const PAUSE = 50;

export function writeFileAtomicSync(file: string, text: string | Buffer, options: WriteOptions = {}): void {
  for (let left = TRIES; ; left--) {
    try {
      writeAtomic.sync(file, text, options);
      return;
    } catch (error) {
      if (!isHeld(error) || left <= 1) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
