/** When each clip was sent last, from the jobs in the store. */
import type { Job } from '../../../../schemas/received.js';

export class LastSent {
  private readonly times = new Map<string, string>();

  constructor(jobs: Iterable<Job>) {
    for (const job of jobs) this.put(job);
  }

  /** ISO time; undefined = no job of it is known. */
  of(clip: string): string | undefined {
    return this.times.get(clip);
  }

  /** The clip whose last time has changed by this. */
  put({ clip, createdAt }: Job): string | undefined {
    if (clip === null || createdAt <= (this.times.get(clip) ?? '')) return undefined;
    this.times.set(clip, createdAt);
    return clip;
  }
}
