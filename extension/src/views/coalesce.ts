/** Gathers what changed and tells it together: a burst of a thousand events is one refresh. */

/** Milliseconds for which changes are gathered; below what a person notices. */
export const GATHERING = 100;

export class Coalescer<T> {
  private readonly gathered = new Set<T>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly tell: (gathered: readonly T[]) => void,
    private readonly milliseconds = GATHERING,
  ) {}

  /** The time runs from the first change on, so that a steady stream is still told. */
  add(...changed: readonly T[]): void {
    for (const one of changed) this.gathered.add(one);
    this.timer ??= setTimeout(() => this.flush(), this.milliseconds);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  /** Tells what is gathered so far without waiting for more. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.gathered.size === 0) return;
    const gathered = [...this.gathered];
    this.gathered.clear();
    this.tell(gathered);
  }
}
