/** Turns a storm of events into single calls: soon after the last one, and not too late after the first. */
import type { Clock } from '../clock.js';

export class Debounce {
  private firstPoke: number | null = null;
  private urgent = false;
  private cancelTimer: () => void = () => {};

  /** `quiet` and `latest` are milliseconds: after the last event, and at most after the first. */
  constructor(
    private readonly clock: Clock,
    private readonly quiet: number,
    private readonly latest: number,
    private readonly run: () => void,
  ) {}

  /** Something happened; an urgent poke runs at once, and no later event puts it off. */
  poke(urgent = false): void {
    if (this.urgent) return;
    const now = this.clock.monotonic();
    this.firstPoke ??= now;
    this.urgent = urgent;
    this.cancelTimer();
    const delay = urgent ? 0 : Math.max(0, Math.min(this.quiet, this.firstPoke + this.latest - now));
    this.cancelTimer = this.clock.after(delay, () => this.fire());
  }

  /** Forgets what was poked. */
  cancel(): void {
    this.cancelTimer();
    this.firstPoke = null;
    this.urgent = false;
  }

  private fire(): void {
    this.cancel();
    this.run();
  }
}
