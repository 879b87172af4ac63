/** The job as the person saw it who changes it: what the changes are made of, and whether it is still so. */
import { isDeepStrictEqual } from 'node:util';
import type { Job, JobSettings } from '../../../schemas/received.js';

export class SeenJob {
  private answered: Job | undefined;
  private settings: JobSettings | undefined;

  /** @param known the job as the daemon told of it last; undefined = gone. */
  constructor(private readonly known: () => Job | undefined) {}

  /** The answer to an edit may be here before the event of it. */
  get newest(): Job | undefined {
    const known = this.known();
    const isBehind = known !== undefined && this.answered !== undefined && this.answered.fence > known.fence;
    return isBehind ? this.answered : known;
  }

  /** What is known now is what the next change is made of. */
  look(): void {
    this.settings = this.newest?.settings;
  }

  /** Our own edit made it so. */
  took(job: Job): void {
    this.answered = job;
    this.look();
  }

  /** Has somebody else changed its settings since the look? Its state alone may have moved. */
  isChanged({ settings }: Job): boolean {
    return !isDeepStrictEqual(settings, this.settings);
  }
}
