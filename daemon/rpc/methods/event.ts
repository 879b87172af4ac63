import type { Snapshot } from '../../../schemas/index.js';
import type { HandlersOf } from '../call.js';
import { canContinue } from '../event-feed.js';
import { liveJobs } from '../live-job.js';
import type { Services } from '../services.js';

export const eventHandlers: HandlersOf<'event'> = {
  /** Synchronous: what the snapshot shows is true at `seq`, and the feed begins right behind it. */
  'event.subscribe'({ since }, { services, fanout, afterReply }) {
    const known = since !== undefined && canContinue(services.journal, since);
    const seq = known ? since : services.journal.seq;
    afterReply(fanout.subscribe(seq));
    return { seq, snapshot: known ? null : snapshot(services) };
  },
};

function snapshot({ folders, clips, queue, runs, results, runner, daemon }: Services): Snapshot {
  return {
    watches: folders.list(),
    clips: clips.list(),
    jobs: liveJobs(queue.list({}), runner),
    runs: runs.list(),
    results: results.list(),
    hosts: daemon.hosts(),
    queue: queue.status(),
  };
}
