/** What the daemon has reported: the only state of a client that shows it. Views read it and are called for each change. */
import type {
  Clip,
  Event,
  Host,
  Job,
  Progress,
  QueueStatus,
  Result,
  Run,
  Snapshot,
  Watch,
} from '../schemas/received.js';
import type { UnknownName } from '../schemas/unknown-name.js';

/** Ids by kind of what is new; `all` = read everything anew. Watches go by path, results by job. */
export type Change =
  | { readonly kind: 'all' }
  | { readonly kind: Event['kind'] | 'progress'; readonly id: string; readonly event?: Event };

/** Ended jobs, or results, that are not read yet: `left` of them, all older than that of the job `before`. */
export interface Unread {
  readonly left: number;
  readonly before: string | undefined;
}

const NOTHING: Unread = { left: 0, before: undefined };

export class Store {
  readonly clips = new Map<string, Clip>();
  readonly watches = new Map<string, Watch>();
  readonly jobs = new Map<string, Job>();
  readonly runs = new Map<string, Run>();
  readonly results = new Map<string, Result>();
  readonly hosts = new Map<string, Host>();
  readonly progress = new Map<string, Progress>();
  queue: QueueStatus = { paused: false, reason: '' };
  /** Ended jobs and results that are not read yet; history.ts reads them. */
  olderJobs = NOTHING;
  olderResults = NOTHING;
  /** Sequence number of the last event that is in; undefined before the first snapshot. */
  seq: number | undefined;
  private readonly listeners = new Set<(change: Change) => void>();

  /** The returned function takes the listener back. */
  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  reset(snapshot: Snapshot, seq: number): void {
    fill(this.clips, snapshot.clips, ({ id }) => id);
    fill(this.watches, snapshot.watches, ({ path }) => path);
    fill(this.jobs, snapshot.jobs, ({ id }) => id);
    fill(this.runs, snapshot.runs, ({ id }) => id);
    fill(this.results, snapshot.results, ({ job }) => job);
    fill(this.hosts, snapshot.hosts, ({ id }) => id);
    this.olderJobs = { left: snapshot.olderJobs, before: snapshot.jobs[0]?.id };
    this.olderResults = { left: snapshot.olderResults, before: snapshot.results[0]?.job };
    this.progress.clear();
    this.queue = snapshot.queue;
    this.seq = seq;
    this.tell({ kind: 'all' });
  }

  /** A page of ended jobs before the oldest known one, newest last; what an event told meanwhile stays. */
  addOlderJobs(jobs: readonly Job[]): void {
    for (const job of jobs) if (!this.jobs.has(job.id)) this.jobs.set(job.id, job);
    this.olderJobs = rest(this.olderJobs, jobs.length, jobs[0]?.id);
    this.tell({ kind: 'all' });
  }

  /** The same for results. */
  addOlderResults(results: readonly Result[]): void {
    for (const result of results) if (!this.results.has(result.job)) this.results.set(result.job, result);
    this.olderResults = rest(this.olderResults, results.length, results[0]?.job);
    this.tell({ kind: 'all' });
  }

  /** Events come in order and without gaps; one that is known already is dropped. */
  apply(event: Event): void {
    if (this.seq !== undefined && event.seq <= this.seq) return;
    this.seq = event.seq;
    this.put(event);
    this.tell({ kind: event.kind, id: event.id, event });
  }

  setProgress(progress: Progress): void {
    this.progress.set(progress.job, progress);
    this.tell({ kind: 'progress', id: progress.job });
  }

  private tell(change: Change): void {
    for (const listener of [...this.listeners]) listener(change);
  }

  private put(event: Event): void {
    switch (event.kind) {
      case 'clip':
        set(this.clips, event.id, event.data);
        break;
      case 'watch':
        set(this.watches, event.id, event.data);
        break;
      case 'job':
        this.putJob(event.data);
        break;
      case 'run':
        this.runs.set(event.id, event.data);
        break;
      case 'result':
        this.results.set(event.data.job, event.data);
        break;
      case 'host':
        set(this.hosts, event.id, event.data);
        break;
      case 'queue':
        this.queue = event.data;
        break;
      default:
        event.kind satisfies UnknownName; // of a newer daemon; its number counts all the same
    }
  }

  /** Progress belongs to one stretch of a job's life: a job that moved on begins anew. */
  private putJob(job: Job): void {
    if (this.jobs.get(job.id)?.state !== job.state) this.progress.delete(job.id);
    this.jobs.set(job.id, job);
  }
}

function rest({ left }: Unread, read: number, before: string | undefined): Unread {
  return before === undefined ? NOTHING : { left: Math.max(0, left - read), before };
}

function set<T>(map: Map<string, T>, id: string, value: T | null): void {
  if (value === null) map.delete(id);
  else map.set(id, value);
}

function fill<T>(map: Map<string, T>, values: readonly T[], idOf: (value: T) => string): void {
  map.clear();
  for (const value of values) map.set(idOf(value), value);
}
