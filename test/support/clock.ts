import type { Clock } from '../../daemon/clock.js';

/** Time that stands still until the test moves it; timers fire in order while it moves. */
export class ManualClock implements Clock {
  private readonly timers = new Set<{ at: number; callback: () => void }>();

  constructor(private time = Date.UTC(2026, 0, 1)) {}

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.time + ms, callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Whether a timer is set for exactly this moment. */
  isAwaited(ms: number): boolean {
    return [...this.timers].some(({ at }) => at === this.time + ms);
  }

  advance(ms: number): void {
    const end = this.time + ms;
    for (let due = this.firstDue(end); due !== undefined; due = this.firstDue(end)) {
      this.timers.delete(due);
      this.time = due.at;
      due.callback();
    }
    this.time = end;
  }

  private firstDue(end: number) {
    return [...this.timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
