/** Handlers of the `event` methods, and the snapshot that a subscription starts with. */
import { JobState, type Run, type Snapshot } from '../../../schemas/index.js';
import { ENDED, isEnded } from '../../job/life.js';
import type { HandlersOf } from '../call.js';
import { canContinue } from '../event-feed.js';
import { liveJobs } from '../live-job.js';
import type { QueueService, Services } from '../services.js';

/** Ended jobs, runs and results in a snapshot: a screen or two. Reading and checking them takes a few milliseconds. */
const RECENT = 200;
const UNENDED = JobState.options.filter((state) => !isEnded(state));

export const eventHandlers: HandlersOf<'event'> = {
  /** Synchronous: what the snapshot shows is true at `seq`, and the feed begins right behind it. */
  'event.subscribe'({ since }, { services, fanout, afterReply }) {
    const known = since !== undefined && canContinue(services.journal, since);
    const seq = known ? since : services.journal.seq;
    afterReply(fanout.subscribe(seq));
    return { seq, snapshot: known ? null : snapshot(services) };
  },
};

/** Everything that has not ended, and the newest of what has: a long history must not block clients or the daemon. */
function snapshot(services: Services): Snapshot {
  const { folders, clips, queue, results, runner, fleet } = services;
  const ended = queue.list({ states: [...ENDED], limit: RECENT });
  const newest = results.list({ limit: RECENT });
  return {
    watches: folders.list(),
    clips: clips.list(),
    jobs: liveJobs([...ended, ...queue.list({ states: UNENDED })], runner),
    olderJobs: endedCount(queue) - ended.length,
    runs: recentRuns(services),
    results: newest,
    olderResults: results.count() - newest.length,
    hosts: fleet.list(),
    queue: queue.status(),
  };
}

function endedCount(queue: QueueService): number {
  const counts = queue.counts();
  return ENDED.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

function recentRuns({ runs }: Services): Run[] {
  const recent = runs.list(RECENT);
  const listed = new Set(recent.map(({ id }) => id));
  return [...runs.open().filter(({ id }) => !listed.has(id)), ...recent];
}
