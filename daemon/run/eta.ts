/** Estimates the time left from the speed at which a fraction grows. */

/** After so many milliseconds an older speed counts e times less: longer than one step, shorter than a job. */
const MEMORY_MS = 10_000;
/** Growth over a shorter time, in milliseconds, is too uncertain to give a speed. */
const SHORTEST_MS = 200;
/** Growth over a longer time, in milliseconds, is ignored too: the computer was asleep or the host was away. */
const LONGEST_MS = 10 * 60_000;

export class Eta {
  /** The first and the last measurement of the present piece of work. */
  private since: number | undefined;
  private last = { fraction: 0, at: 0 };
  /** Fraction per millisecond. */
  private speed: number | undefined;

  /**
   * @param fraction 0..1, reached at the monotonic time `at` in milliseconds.
   * @returns seconds left; null = not known yet.
   */
  update(fraction: number, at: number): number | null {
    if (fraction < this.last.fraction) this.forget();
    this.since ??= at;
    const elapsed = at - this.last.at;
    // The first fraction may have been reached long before we read it, so it says nothing about the speed.
    const isFirst = at - this.since < SHORTEST_MS;
    if (!isFirst && elapsed >= SHORTEST_MS && elapsed <= LONGEST_MS) this.learn(fraction, elapsed);
    if (isFirst || elapsed >= SHORTEST_MS) this.last = { fraction, at };
    return this.left(fraction);
  }

  /** Takes a fraction that was reached at an unknown time. The speed known so far stays. */
  unseen(fraction: number): number | null {
    if (fraction < this.last.fraction) this.forget();
    this.since = undefined;
    this.last = { fraction, at: 0 };
    return this.left(fraction);
  }

  private left(fraction: number): number | null {
    if (this.speed === undefined || this.speed <= 0) return null;
    return Math.round((1 - fraction) / this.speed / 100) / 10;
  }

  /** A smaller fraction than before means that another piece of work has begun. */
  private forget(): void {
    this.since = undefined;
    this.speed = undefined;
  }

  private learn(fraction: number, elapsed: number): void {
    const speed = (fraction - this.last.fraction) / elapsed;
    const weight = this.speed === undefined ? 1 : 1 - Math.exp(-elapsed / MEMORY_MS);
    this.speed = (this.speed ?? 0) + weight * (speed - (this.speed ?? 0));
  }
}
