/** Pages of what is over: the snapshot brings the newest, the rest is read when somebody wants to see it. */
import type { JobState } from '../schemas/job.js';
import type { DaemonClient } from './daemon-client.js';
import type { Store } from './store.js';

/** Jobs or results of one page: small enough that reading one is no noticeable block. */
const PAGE = 200;
const ENDED: JobState[] = ['succeeded', 'failed', 'refused', 'cancelled'];

export class History {
  constructor(
    private readonly daemon: Pick<DaemonClient, 'call'>,
    private readonly store: Store,
  ) {}

  /** The next page of ended jobs goes into the store; nothing when all are there. @throws as the daemon's answer */
  async readJobs(): Promise<void> {
    const known = this.store.olderJobs;
    if (known.left === 0 || known.before === undefined) return;
    const { jobs } = await this.daemon.call('job.list', { states: ENDED, before: known.before, limit: PAGE });
    if (this.store.olderJobs === known) this.store.addOlderJobs(jobs); // else: a new snapshot came, or the same page
  }

  /** The next page of results goes into the store; nothing when all are there. @throws as the daemon's answer */
  async readResults(): Promise<void> {
    const known = this.store.olderResults;
    if (known.left === 0 || known.before === undefined) return;
    const { results } = await this.daemon.call('result.list', { before: known.before, limit: PAGE });
    if (this.store.olderResults === known) this.store.addOlderResults(results);
  }
}
