/** How often people are told: a flood of endings, by whomever, is a few notices, each of which counts what came. */
import type { Rhythm } from '../coalesce.js';

/** Milliseconds between two notices, at first and at most; between them it doubles. */
const LEAST = 10_000;
const MOST = 300_000;

export class Pace implements Rhythm {
  private current = LEAST;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    /** Milliseconds for which endings are gathered: those of a sweep are one message. */
    readonly wait: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get pace(): number {
    return this.current;
  }

  /** A notice goes out now. Quiet for twice as long as it had to wait ends a flood. */
  told(): void {
    const since = this.now() - this.toldAt;
    this.current = since > 2 * this.current ? LEAST : Math.min(MOST, 2 * this.current);
    this.toldAt = this.now();
  }
}
