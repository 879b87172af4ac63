/** Limits how many jobs are prepared at the same time, because encoding uses all cores. */
import pLimit from 'p-limit';

export class PrepareTurns {
  private readonly limit;

  constructor(concurrency: number) {
    this.limit = pLimit(concurrency);
  }

  /** Runs `work` when a turn is free. @throws at once when `signal` aborts during the wait. */
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
