/** The job as the user saw it when changing it. It tells whether the job is still the same. */
import { isDeepStrictEqual } from 'node:util';
import type { Job, JobSettings } from '../../../schemas/received.js';

export class SeenJob {
  private answered: Job | undefined;
  private settings: JobSettings | undefined;

  /** @param known the job as the daemon reported it last; undefined = gone. */
  constructor(private readonly known: () => Job | undefined) {}

  /** The answer to an edit may arrive before its event. */
  get newest(): Job | undefined {
    const known = this.known();
    const isBehind = known !== undefined && this.answered !== undefined && this.answered.fence > known.fence;
    return isBehind ? this.answered : known;
  }

  /** From now on, changes start from the job as it is known now. */
  look(): void {
    this.settings = this.newest?.settings;
  }

  /** The job changed by our own edit. */
  took(job: Job): void {
    this.answered = job;
    this.look();
  }

  /** Whether another client has changed its settings since. A change of its state does not count. */
  isChanged({ settings }: Job): boolean {
    return !isDeepStrictEqual(settings, this.settings);
  }
}
