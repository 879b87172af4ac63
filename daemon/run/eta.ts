/** Time left, from the speed at which a fraction grows. */

/** Older speed counts for e times less after this many milliseconds: long against one step, short against a job. */
const MEMORY_MS = 10_000;
/** Growth over less time than this, in milliseconds, says nothing about speed. */
const SHORTEST_MS = 200;

export class Eta {
  private last: { fraction: number; at: number } | undefined;
  /** Fraction a millisecond. */
  private speed: number | undefined;

  /** Takes a fraction (0..1) at a monotonic moment (milliseconds); gives the seconds left, null = not known yet. */
  update(fraction: number, at: number): number | null {
    if (this.last === undefined || fraction < this.last.fraction) this.restart(fraction, at);
    else if (at - this.last.at >= SHORTEST_MS) this.learn(fraction, at - this.last.at, at);
    if (this.speed === undefined || this.speed <= 0) return null;
    return Math.round((1 - fraction) / this.speed / 100) / 10;
  }

  /** A fraction that fell belongs to another piece of work. */
  private restart(fraction: number, at: number): void {
    this.last = { fraction, at };
    this.speed = undefined;
  }

  private learn(fraction: number, elapsed: number, at: number): void {
    const speed = (fraction - (this.last?.fraction ?? 0)) / elapsed;
    const weight = this.speed === undefined ? 1 : 1 - Math.exp(-elapsed / MEMORY_MS);
    this.speed = (this.speed ?? 0) + weight * (speed - (this.speed ?? 0));
    this.last = { fraction, at };
  }
}
