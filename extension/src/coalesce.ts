/** Gathers what changed and tells it together: a burst of a thousand events is one refresh or two. */

export interface Rhythm {
  /** Milliseconds that the first change waits for others. */
  readonly wait: number;
  /** Milliseconds between two tellings at least. */
  readonly pace: number;
}

/** What a person does is seen at once; what comes faster than that is gathered for less than anybody notices. */
const AT_ONCE: Rhythm = { wait: 0, pace: 100 };

export class Coalescer<T> {
  private readonly gathered = new Set<T>();
  private timer: NodeJS.Timeout | undefined;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly tell: (gathered: readonly T[]) => void,
    private readonly rhythm = AT_ONCE,
  ) {}

  /** The time runs from the first change on, so that a steady stream is still told. */
  add(...changed: readonly T[]): void {
    for (const one of changed) this.gathered.add(one);
    const { wait, pace } = this.rhythm;
    this.timer ??= setTimeout(() => this.flush(), Math.max(wait, this.toldAt + pace - performance.now()));
  }

  /** Tells what is gathered so far without waiting for more. */
  flush(): void {
    const gathered = [...this.gathered];
    this.forget();
    if (gathered.length === 0) return;
    this.toldAt = performance.now();
    this.tell(gathered);
  }

  /** What is gathered so far is not told. */
  forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.gathered.clear();
  }

  dispose(): void {
    this.forget();
  }
}
