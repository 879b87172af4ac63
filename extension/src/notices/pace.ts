/** Limits how often notices appear. Many ended jobs give a few notices, each with a count. */
import type { Rhythm } from '../coalesce.js';

/** Milliseconds between two notices: the first value and the greatest. Each notice doubles it. */
const LEAST = 10_000;
const MOST = 300_000;

export class Pace implements Rhythm {
  private current = LEAST;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    /** Milliseconds during which ended jobs are collected, so that the jobs of a sweep give one message. */
    readonly wait: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get pace(): number {
    return this.current;
  }

  /** Called when a notice is shown. A pause of twice the last wait resets the interval. */
  told(): void {
    const since = this.now() - this.toldAt;
    this.current = since > 2 * this.current ? LEAST : Math.min(MOST, 2 * this.current);
    this.toldAt = this.now();
  }
}
