/** A time limit that can be moved while it runs. */
import type { Clock } from '../../clock.js';

export class Deadline {
  private cancel: () => void = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly onPassed: () => void,
  ) {}

  /** Starts anew, `ms` from now. */
  set(ms: number): void {
    this.cancel();
    this.cancel = this.clock.after(ms, this.onPassed);
  }

  clear(): void {
    this.cancel();
    this.cancel = () => {};
  }
}
