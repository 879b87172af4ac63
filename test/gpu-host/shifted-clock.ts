/** Clocks of one process that a test sets ahead while it runs: what a laptop's are when it has slept. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { compiled } from './compiled.js';

const NANOSECONDS = 1_000_000_000n;

export class ShiftedClock {
  private constructor(
    private readonly file: string,
    /** What the process has to be started with; its children have the same clocks. */
    readonly env: Readonly<Record<string, string>>,
  ) {}

  /** @param folder for a small file that has to be there while the process lives. */
  static async create(folder: string): Promise<ShiftedClock> {
    const file = path.join(folder, 'clock-shift');
    writeFileSync(file, Buffer.alloc(16));
    const library = await compiled('clock-shift.c', '-shared', '-fPIC');
    return new ShiftedClock(file, { LD_PRELOAD: library, CLOCK_SHIFT: file });
  }

  /**
   * Seconds ahead of the kernel, in place, because the process has the file mapped. Linux counts no sleep in the
   * monotonic clock; Windows and newer macOS do.
   */
  ahead(by: { readonly wall: number; readonly monotonic: number }): void {
    const shift = Buffer.alloc(16);
    shift.writeBigInt64LE(BigInt(by.wall) * NANOSECONDS, 0);
    shift.writeBigInt64LE(BigInt(by.monotonic) * NANOSECONDS, 8);
    const file = openSync(this.file, 'r+');
    writeSync(file, shift, 0, shift.length, 0);
    closeSync(file);
  }
}
