/** Measures how long the loop has been blocked, by the clock of the watchdog. Pure. */
import { LONGEST_STEP_MS } from './limits.js';

export class Standing {
  private beat: number | undefined;
  private at: number | undefined;
  private stood = 0;

  /**
   * Milliseconds for which the loop was seen to be blocked; 0 = it turns.
   * @param beat changes with every turn of the loop
   * @param now monotonic milliseconds
   */
  look(beat: number, now: number): number {
    const step = this.at === undefined ? 0 : now - this.at;
    const turns = beat !== this.beat;
    this.beat = beat;
    this.at = now;
    if (turns) this.stood = 0;
    else if (step <= LONGEST_STEP_MS) this.stood += step;
    return this.stood;
  }
}
