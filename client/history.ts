/** Reads ended jobs and results page by page. The snapshot has only the newest; the rest is read on demand. */
import type { JobState } from '../schemas/job.js';
import type { DaemonClient } from './daemon-client.js';
import type { Store } from './store.js';

/** Jobs or results on one page: few enough that one page does not block the window. */
const PAGE = 200;
const ENDED: JobState[] = ['succeeded', 'failed', 'refused', 'cancelled'];

export class History {
  constructor(
    private readonly daemon: Pick<DaemonClient, 'call'>,
    private readonly store: Store,
  ) {}

  /**
   * Reads the next page of ended jobs into the store; does nothing if all are there.
   * @throws the error of the call
   */
  async readJobs(): Promise<void> {
    const known = this.store.olderJobs;
    if (known.left === 0 || known.before === undefined) return;
    const { jobs } = await this.daemon.call('job.list', { states: ENDED, before: known.before, limit: PAGE });
    if (this.store.olderJobs === known) this.store.addOlderJobs(jobs); // else: the snapshot is new
  }

  /** Reads the next page of results into the store; does nothing if all are there. @throws the error of the call */
  async readResults(): Promise<void> {
    const known = this.store.olderResults;
    if (known.left === 0 || known.before === undefined) return;
    const { results } = await this.daemon.call('result.list', { before: known.before, limit: PAGE });
    if (this.store.olderResults === known) this.store.addOlderResults(results);
  }
}
