/** Turns many events into one call: soon after the last event, and not too long after the first. */
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

  /** Reports an event. An urgent one causes the call at once, and later events do not delay it. */
  poke(urgent = false): void {
    if (this.urgent) return;
    const now = this.clock.monotonic();
    this.firstPoke ??= now;
    this.urgent = urgent;
    this.cancelTimer();
    const delay = urgent ? 0 : Math.max(0, Math.min(this.quiet, this.firstPoke + this.latest - now));
    this.cancelTimer = this.clock.after(delay, () => this.fire());
  }

  /** Cancels the call that is due. */
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
