/** Reports the bytes that a transfer has done, at most ten times a second. */
import type { Clock } from '../../clock.js';

/** Milliseconds between two reports: chunks finish thousands of times a second, and no user needs that many. */
const INTERVAL = 100;

/** Bytes done over all files of one transfer. Never decreases: a file that starts again reports only when it catches up. */
export class Progress {
  private reported = -1;
  private nextAt = 0;

  constructor(
    private readonly clock: Clock,
    private readonly onBytes: (bytes: number) => void = () => {},
    /** Bytes of the files that are finished. */
    private finished = 0,
  ) {
    this.tell(finished);
  }

  /** `bytes` of the present file are done. */
  within(bytes: number): void {
    if (this.clock.monotonic() >= this.nextAt) this.tell(this.finished + bytes);
  }

  /** A file, or several, of `bytes` in all are done. */
  finish(bytes: number): void {
    this.finished += bytes;
    this.tell(this.finished);
  }

  private tell(total: number): void {
    if (total <= this.reported) return;
    this.reported = total;
    this.nextAt = this.clock.monotonic() + INTERVAL;
    this.onBytes(total);
  }
}
