/** How long the loop has stood still, by the watchdog's own clock. Pure. */
import { LONGEST_STEP_MS } from './limits.js';

export class Standing {
  private beat: number | undefined;
  private at: number | undefined;
  private stood = 0;

  /**
   * Milliseconds that the loop has stood, seen while somebody looked; 0 = it turns.
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
