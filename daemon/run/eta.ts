/** Time left, from the speed at which a fraction grows. */

/** Older speed counts for e times less after this many milliseconds: long against one step, short against a job. */
const MEMORY_MS = 10_000;
/** Growth over less time than this, in milliseconds, says nothing about speed. */
const SHORTEST_MS = 200;
/** Over more than this neither: no step takes so long, so the computer was asleep or the host away. */
const LONGEST_MS = 10 * 60_000;

export class Eta {
  /** Since when this stretch of work is watched, and the latest of it. */
  private since: number | undefined;
  private last = { fraction: 0, at: 0 };
  /** Fraction a millisecond. */
  private speed: number | undefined;

  /** Takes a fraction (0..1) at a monotonic moment (milliseconds); gives the seconds left, null = not known yet. */
  update(fraction: number, at: number): number | null {
    if (fraction < this.last.fraction) this.forget();
    this.since ??= at;
    const elapsed = at - this.last.at;
    // What comes with the first word may have been waiting for us, so it counts as done before.
    const isFirst = at - this.since < SHORTEST_MS;
    if (!isFirst && elapsed >= SHORTEST_MS && elapsed <= LONGEST_MS) this.learn(fraction, elapsed);
    if (isFirst || elapsed >= SHORTEST_MS) this.last = { fraction, at };
    return this.left(fraction);
  }

  /** Takes a fraction that was reached at a moment that nobody here saw. What is known of the speed stays. */
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

  /** A fraction that fell belongs to another piece of work. */
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
