/** Many tasks in flight, finished one after the other in the order in which they were begun. */
export class InOrder<T> {
  private readonly pending: Promise<T>[] = [];

  constructor(
    private readonly limit: number,
    private readonly finish: (result: T) => Promise<void> | void,
  ) {}

  /** Waits for the oldest task when too many are in flight. Rejects with its error. */
  async add(task: Promise<T>): Promise<void> {
    task.catch(() => {}); // told when its turn comes; until then it must not count as unhandled
    this.pending.push(task);
    if (this.pending.length >= this.limit) await this.next();
  }

  async drain(): Promise<void> {
    while (this.pending.length > 0) await this.next();
  }

  /** Waits until nothing is in flight, whatever became of it. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.pending);
  }

  private async next(): Promise<void> {
    const oldest = this.pending.shift();
    if (oldest !== undefined) await this.finish(await oldest);
  }
}
