/** The group of a job in the queue, and its position there. */
import type { Job, JobState } from '../../../../schemas/received.js';
import { entryOf, type UnknownName } from '../../../../schemas/unknown-name.js';
import { compareText, type Order, Sorted } from '../sorted.js';

export const GROUPS = ['needsYou', 'running', 'queued', 'done'] as const;
export type Group = (typeof GROUPS)[number];

/** Whether the user has dismissed this failure. */
export type IsDismissed = (job: Job) => boolean;

const GROUP_OF = {
  preparing: 'queued',
  queued: 'queued',
  held: 'needsYou',
  failed: 'needsYou',
  refused: 'needsYou',
  staging: 'running',
  staged: 'running',
  running: 'running',
  collecting: 'running',
  stopping: 'running',
  succeeded: 'done',
  cancelled: 'done',
} as const satisfies Record<Exclude<JobState, UnknownName>, Group>;

export function groupOf(job: Job, isDismissed: IsDismissed): Group {
  const group = entryOf<Group>(GROUP_OF, job.state) ?? otherGroup(job);
  return group === 'needsYou' && isDismissed(job) ? 'done' : group;
}

/** In a state from a newer version: by what is known of it beside its state. */
function otherGroup({ error, endedAt, startedAt }: Job): Group {
  if (endedAt !== null) return error === null ? 'done' : 'needsYou';
  return startedAt === null ? 'queued' : 'running';
}

const byId: Order<Job> = (a, b) => compareText(a.id, b.id);
/** ISO times in UTC can be compared as text. */
const lastEndedFirst: Order<Job> = (a, b) => compareText(endOf(b), endOf(a)) || byId(a, b);

const ORDERS: Readonly<Record<Group, Order<Job>>> = {
  running: (a, b) => compareText(a.startedAt ?? a.createdAt, b.startedAt ?? b.createdAt) || byId(a, b),
  queued: (a, b) => b.priority - a.priority || a.position - b.position || byId(a, b), // daemon/queue/order.ts
  needsYou: lastEndedFirst,
  done: lastEndedFirst,
};

function endOf({ endedAt, updatedAt }: Job): string {
  return endedAt ?? updatedAt;
}

/** All jobs in their groups, sorted. */
export class QueueGroups {
  private readonly lists: Readonly<Record<Group, Sorted<Job>>>;

  constructor(
    jobs: Iterable<Job>,
    private readonly isDismissed: IsDismissed,
  ) {
    const members: Record<Group, Job[]> = { needsYou: [], running: [], queued: [], done: [] };
    for (const job of jobs) members[groupOf(job, isDismissed)].push(job);
    this.lists = {
      needsYou: new Sorted(ORDERS.needsYou, members.needsYou),
      running: new Sorted(ORDERS.running, members.running),
      queued: new Sorted(ORDERS.queued, members.queued),
      done: new Sorted(ORDERS.done, members.done),
    };
  }

  size(group: Group): number {
    return this.lists[group].size;
  }

  first(group: Group, count: number): readonly Job[] {
    return this.lists[group].first(count);
  }

  /** Its index in the group, or -1. */
  indexOf(group: Group, id: string): number {
    return this.lists[group].indexOf(id);
  }

  groupOf(job: Job): Group {
    return groupOf(job, this.isDismissed);
  }

  /** Takes the new values of a job, and returns the groups whose rows or order have changed. */
  put(job: Job): ReadonlySet<Group> {
    const group = groupOf(job, this.isDismissed);
    const changed = new Set<Group>();
    for (const other of GROUPS) {
      if (other !== group && this.lists[other].remove(job.id)) changed.add(other);
    }
    if (this.lists[group].put(job)) changed.add(group);
    return changed;
  }
}
