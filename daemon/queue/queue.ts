/**
 * The queue: stores, lists, edits and retries jobs. Only {@link Queue.move} changes their state; {@link Queue.claim}
 * gives them to runs.
 */
import {
  type EngineName,
  FrozenFile,
  type Job,
  type JobSettings,
  type JobState,
  Prepared,
  type QueueStatus,
  type Run,
} from '../../schemas/index.js';
import { type Clock, isoNow } from '../clock.js';
import { CosmosError } from '../errors.js';
import { type Move, next } from '../job/life.js';
import type { GroupHistory } from '../job/plan.js';
import type { Database } from './db.js';
import { GroupHistories } from './groups.js';
import { HeldJobs } from './held.js';
import { newJobId } from './ids.js';
import type { JobDraft, JobFacts, JobFilter } from './job-draft.js';
import { jobValues, toJob } from './job-row.js';
import { type JobStatements, prepareJobs } from './job-sql.js';
import type { Journal } from './journal.js';
import { type Claim, Mover } from './mover.js';
import { Order, type QueuePosition, WAITING_STATES } from './order.js';
import { PauseSwitch } from './pause.js';
import { RunStore } from './runs.js';

export class Queue {
  private readonly sql: JobStatements;
  private readonly order: Order;
  private readonly mover: Mover;
  private readonly held: HeldJobs;
  private readonly pauseSwitch: PauseSwitch;
  private readonly histories: GroupHistories;

  constructor(
    db: Database,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {
    this.sql = prepareJobs(db);
    this.order = new Order(db);
    const runs = new RunStore(db, journal, clock);
    this.mover = new Mover(this.sql, runs, journal, clock);
    this.held = new HeldJobs(runs);
    this.pauseSwitch = new PauseSwitch(db, journal);
    this.histories = new GroupHistories(db);
  }

  /** Makes jobs in state preparing, all or none. A repeated idempotency key returns the jobs of its first call. */
  submit(drafts: readonly JobDraft[], idempotencyKey?: string): Job[] {
    return this.journal.transaction(() => {
      const known = idempotencyKey === undefined ? [] : this.sql.submitted.all(idempotencyKey).map(toJob);
      return known.length > 0 ? known : drafts.map((draft) => this.insert(draft, idempotencyKey ?? null));
    });
  }

  /** Whether jobs were made with that idempotency key. */
  wasSubmitted(idempotencyKey: string): boolean {
    return this.sql.submitted.all(idempotencyKey).length > 0;
  }

  get(id: string): Job | undefined {
    const row = this.sql.get.get(id);
    return row && toJob(row);
  }

  /** Like {@link get}. @throws CosmosError not_found. */
  need(id: string): Job {
    const job = this.get(id);
    if (job === undefined) throw new CosmosError('not_found', `There is no job ${id}; see \`cosmos queue\`.`, { id });
    return job;
  }

  /** Newest last. */
  list({ states, clip, before, limit = -1 }: JobFilter = {}): Job[] {
    const words = states === undefined ? null : JSON.stringify(states);
    return this.sql.list.all({ states: words, clip: clip ?? null, before: before ?? null, limit }).map(toJob);
  }

  /** Jobs in the states that life.step acts on. */
  live(): Job[] {
    return this.sql.live.all().map(toJob);
  }

  /** How many jobs are in each state. */
  counts(): Partial<Record<JobState, number>> {
    return Object.fromEntries(this.sql.counts.all().map(({ state, count }) => [state, count]));
  }

  /** Queued jobs of these engines whose back-off has ended, in running order. */
  candidates(engines: readonly EngineName[], limit: number): Job[] {
    return this.sql.candidates.all({ now: isoNow(this.clock), engines: JSON.stringify(engines), limit }).map(toJob);
  }

  /** When the next back-off ends, UTC ISO. */
  nextDue(): string | undefined {
    return this.sql.nextDue.get(isoNow(this.clock))?.at ?? undefined;
  }

  /**
   * Moves a job by life.ts, and writes its journal row. undefined = the job was moved since the caller read it, and
   * nothing was changed. @throws CosmosError wrong_state when life.ts has no such event for its state.
   */
  move(job: Job, move: Move): Job | undefined {
    return this.mover.move(job, move);
  }

  /** Moves many jobs by id, all or none. `choose` gets each job as it is now; undefined = the job is not moved. */
  moveAll(ids: readonly string[], choose: (job: Job) => Move | undefined): Job[] {
    return this.journal.transaction(() =>
      ids.map((id) => {
        const job = this.need(id);
        const move = choose(job);
        return move === undefined ? job : (this.move(job, move) ?? this.need(id));
      }),
    );
  }

  /** Cancels jobs. A waiting job ends at once; one with a run is stopped first; one that is stopping stays so. */
  cancel(ids: readonly string[]): Job[] {
    return this.moveAll(ids, (job) => this.held.wayOut(job));
  }

  /** Runs ended jobs again, as a new attempt. */
  retry(ids: readonly string[]): Job[] {
    return this.moveAll(ids, () => ({ event: 'retried' }));
  }

  /**
   * Releases held jobs; they continue in the state in which they were held. The release of a blank pass is also valid
   * for a retry or a clone of the job.
   */
  release(ids: readonly string[]): Job[] {
    return this.moveAll(ids, (job) => {
      const event = this.held.wayOn(job);
      const isFlat = this.prepared(job.id)?.passes?.some(({ finding }) => finding !== null) ?? false;
      // A job that returns to its run was allowed before, and keeps what was prepared.
      const settings = event === 'released' && isFlat ? { settings: { ...job.settings, allowFlat: true } } : {};
      return { event, patch: { stopReason: null, error: null, ...settings } };
    });
  }

  /** Whether a waiting job is still a member of a run: it was held in it, and the run may exist on its host. */
  isInRun(job: Job): boolean {
    return this.held.isInRun(job);
  }

  /** Gives queued jobs to one new run, all or none; undefined = one of them was moved in the meantime. */
  claim(claim: Claim): { run: Run; jobs: Job[] } | undefined {
    return this.mover.claim(claim);
  }

  /**
   * Sets new settings of a job that has not started. The job is prepared again and marked as edited by hand.
   * undefined = the job was moved since the caller read it, and nothing was changed.
   */
  edit({ id, fence }: Job, settings: JobSettings, facts: JobFacts = {}): Job | undefined {
    return this.journal.transaction(() => {
      const job = { ...this.need(id), ...facts, edited: true };
      if (job.fence !== fence && next(job.state, 'edited') !== undefined) return undefined;
      this.held.requireNoRun(job);
      this.sql.edit.run(job.priority, job.project, JSON.stringify(job.tags), id);
      return this.move(job, { event: 'edited', patch: { settings } });
    });
  }

  /** Higher runs first. */
  setPriority(ids: readonly string[], priority: number): Job[] {
    return this.journal.transaction(() =>
      ids.map((id) => {
        const { position } = this.needWaiting(id);
        return this.setPosition(id, { priority, position }, 'prioritized');
      }),
    );
  }

  /** Moves a job before another waiting job; null = before every other, so that it runs next. */
  moveBefore(id: string, beforeId: string | null): Job {
    return this.journal.transaction(() => {
      const job = this.needWaiting(id);
      if (beforeId === id) return job;
      return this.setPosition(id, beforeId === null ? this.order.front(job) : this.positionBefore(beforeId), 'moved');
    });
  }

  status(): QueueStatus {
    return this.pauseSwitch.status;
  }

  /** No further run starts. Present runs go on. */
  pause(reason = ''): QueueStatus {
    return this.pauseSwitch.pause(reason);
  }

  /** Starts runs again, also of groups that were paused after failures. */
  resume(): QueueStatus {
    return this.pauseSwitch.resume();
  }

  /** How the runs with these batch keys ended, for job/plan.ts. */
  groups(batchKeys: Iterable<string>): ReadonlyMap<string, GroupHistory> {
    return this.histories.of(batchKeys, this.pauseSwitch.forgiven);
  }

  /** The files of a job as they were at its submit; none when the job is not known. */
  files(jobId: string): FrozenFile[] {
    return FrozenFile.array().parse(JSON.parse(this.sql.files.get(jobId)?.files ?? '[]'));
  }

  prepared(jobId: string): Prepared | null {
    const text = this.sql.prepared.get(jobId)?.prepared ?? null;
    return text === null ? null : Prepared.parse(JSON.parse(text));
  }

  setPrepared(jobId: string, prepared: Prepared | null): void {
    this.sql.setPrepared.run(prepared === null ? null : JSON.stringify(prepared), jobId);
  }

  private insert({ files, ...draft }: JobDraft, submitKey: string | null): Job {
    const at = isoNow(this.clock);
    const job: Job = {
      ...draft,
      ...{ id: newJobId(), state: 'preparing', reason: '', position: this.order.last(), attempt: 0, fence: 0 },
      ...{ run: null, progress: null, eta: null, output: null, error: null, edited: false, stopReason: null },
      ...{ notBefore: null, createdAt: at, updatedAt: at, startedAt: null, endedAt: null },
    };
    this.sql.insert.run(...jobValues(job), JSON.stringify(files), submitKey);
    this.journal.append('job', 'created', job.id, job);
    return job;
  }

  private needWaiting(id: string): Job {
    const job = this.need(id);
    const waiting: readonly JobState[] = WAITING_STATES;
    if (waiting.includes(job.state)) return job;
    const message = `${id} is ${job.state}: only a job that still waits has a place in the queue.`;
    throw new CosmosError('wrong_state', message, { job: id, state: job.state });
  }

  private positionBefore(id: string): QueuePosition {
    const position = this.order.before(this.needWaiting(id));
    if (position !== undefined) return position;
    for (const moved of this.order.makeRoom(this.need(id))) this.announce(moved, 'moved');
    return this.positionBefore(id);
  }

  private setPosition(id: string, at: QueuePosition, type: string): Job {
    this.order.set(id, at);
    return this.announce(id, type);
  }

  private announce(id: string, type: string): Job {
    const job = this.need(id);
    this.journal.append('job', type, id, job);
    return job;
  }
}
