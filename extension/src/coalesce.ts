/** Collects changes and reports them together: a thousand events cause one or two refreshes. */

export interface Rhythm {
  /** Milliseconds that the first change waits for others. */
  readonly wait: number;
  /** Least number of milliseconds between two reports. */
  readonly pace: number;
}

/** An action of the user is shown at once. Faster changes are collected for less time than people notice. */
const AT_ONCE: Rhythm = { wait: 0, pace: 100 };

export class Coalescer<T> {
  private readonly gathered = new Set<T>();
  private timer: NodeJS.Timeout | undefined;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly tell: (gathered: readonly T[]) => void,
    private readonly rhythm = AT_ONCE,
  ) {}

  /** The time counts from the first change, so that a steady stream is reported too. */
  add(...changed: readonly T[]): void {
    for (const one of changed) this.gathered.add(one);
    const { wait, pace } = this.rhythm;
    this.timer ??= setTimeout(() => this.flush(), Math.max(wait, this.toldAt + pace - performance.now()));
  }

  /** Reports what was collected, without waiting for more. */
  flush(): void {
    const gathered = [...this.gathered];
    this.forget();
    if (gathered.length === 0) return;
    this.toldAt = performance.now();
    this.tell(gathered);
  }

  /** Drops what was collected. */
  forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.gathered.clear();
  }

  dispose(): void {
    this.forget();
  }
}
