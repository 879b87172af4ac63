/** When each clip was sent last, by the jobs that are known. */
import type { Job } from '../../../../schemas/received.js';

export class LastSent {
  private readonly times = new Map<string, string>();

  constructor(jobs: Iterable<Job>) {
    for (const job of jobs) this.put(job);
  }

  /** ISO time; undefined = not that anybody here knew. */
  of(clip: string): string | undefined {
    return this.times.get(clip);
  }

  /** The clip whose last time is another one now. */
  put({ clip, createdAt }: Job): string | undefined {
    if (clip === null || createdAt <= (this.times.get(clip) ?? '')) return undefined;
    this.times.set(clip, createdAt);
    return clip;
  }
}
