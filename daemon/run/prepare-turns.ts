/** How many jobs are prepared at the same time: encoding takes all the cores that it gets. */
import pLimit from 'p-limit';

export class PrepareTurns {
  private readonly limit;

  constructor(concurrency: number) {
    this.limit = pLimit(concurrency);
  }

  /** Does `work` when its turn comes. @throws at once when `signal` aborts while it waits. */
  take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = () => reject(signal.reason);
      if (signal.aborted) return leave();
      signal.addEventListener('abort', leave, { once: true });
      void this.limit(async () => {
        signal.removeEventListener('abort', leave);
        if (!signal.aborted) await work().then(resolve, reject);
      });
    });
  }
}
