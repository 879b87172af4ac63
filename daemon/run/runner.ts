/**
 * Drives jobs and starts runs: the main loop of the daemon. After every change it drives each live job that is not
 * driven yet, and gives free slots to waiting jobs. There is no separate recovery: after a restart each live job is
 * driven from the state it is in.
 */
import type { Event, Progress } from '../../schemas/index.js';
import { type CosmosError, coerceError, toCosmosError } from '../errors.js';
import type { PlannedRun } from '../job/plan.js';
import { Claims } from './claims.js';
import { Drive, type DriveEnd, type Tries } from './drive.js';
import { HostCleanup } from './host-cleanup.js';
import type { RunDependencies } from './needs.js';
import { Partials } from './partials.js';
import { PrepareTurns } from './prepare-turns.js';
import { WorkTurns } from './work-turns.js';

/** Jobs that are prepared at the same time: one can encode while the other reads from disk. */
const PREPARING = 2;

/** Longest delay of a timer, in milliseconds: Node keeps it in 31 bits, and a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export class Runner {
  private readonly drives = new Map<string, { drive: Drive; done: Promise<void> }>();
  /** Job that needs an unknown host -> its fence. It is driven again when its fence or the hosts have changed. */
  private readonly parked = new Map<string, number>();
  private readonly tries: Tries = new Map();
  private readonly turns = new PrepareTurns(PREPARING);
  private readonly workTurns: WorkTurns;
  private readonly claims: Claims;
  private readonly cleanup: HostCleanup;
  private readonly partials: Partials;
  private unlisten = () => {};
  private cancelDue = () => {};
  private cancelRetry = () => {};
  private claiming: Promise<void> | undefined;
  /** Whether something has changed since the claiming in flight read the queue. */
  private claimAgain = false;
  private woken = false;
  private closed = true;

  constructor(private readonly deps: RunDependencies) {
    this.workTurns = new WorkTurns(deps);
    this.claims = new Claims(deps);
    this.cleanup = new HostCleanup(deps);
    this.partials = new Partials(deps);
  }

  start(): void {
    this.closed = false;
    this.partials.sweep();
    this.workTurns.start();
    this.unlisten = this.deps.journal.onEvent((event) => this.onEvent(event));
    this.cleanup.start();
    this.wake();
  }

  /** Stops following and claiming. Runs on hosts go on. */
  async close(): Promise<void> {
    this.closed = true;
    this.unlisten();
    this.cancelDue();
    this.cancelRetry();
    this.cleanup.close();
    const drives = [...this.drives.values()];
    for (const { drive } of drives) drive.close();
    await Promise.all([this.claiming, ...drives.map(({ done }) => done)]);
  }

  /** To be called when a host was added or can be reached again: jobs that wait for a host try at once. */
  hurry(): void {
    this.parked.clear();
    for (const { drive } of this.drives.values()) drive.hurry();
    this.wake();
  }

  /** To be called when these jobs were moved from outside: their steps in flight have lost their meaning. */
  interrupt(jobs: Iterable<string>): void {
    for (const job of jobs) this.drives.get(job)?.drive.interrupt();
  }

  /** Job id -> why this queued job does not start now. */
  waiting(): ReadonlyMap<string, string> {
    return this.claims.waiting();
  }

  progress(job: string): Progress | undefined {
    return this.deps.progress.get(job);
  }

  onProgress(listener: (progress: Progress) => void): () => void {
    return this.deps.progress.onProgress(listener);
  }

  /** The listener gets each new piece of the log of a run; empty bytes = the log is complete. */
  onLog(listener: (run: string, from: number, bytes: Buffer) => void): () => void {
    return this.deps.logs.onData(listener);
  }

  /**
   * A stop interrupts the step of its job, as giving up a host does (fleet/forget.ts). All other moves are the drive's
   * own.
   */
  private onEvent(event: Event): void {
    if (event.kind === 'job' && event.type === 'stop') this.drives.get(event.id)?.drive.interrupt();
    if (event.kind === 'job') this.cleanup.jobChanged(event.data);
    if (event.kind === 'job' && !this.drives.has(event.id)) this.partials.jobRests(event.id); // the job was parked
    this.wake();
  }

  /** Several events in one turn of the event loop cause one call. */
  private wake(): void {
    if (this.woken || this.closed) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      if (!this.closed) this.look();
    });
  }

  private look(): void {
    for (const job of this.deps.queue.live()) {
      if (!this.drives.has(job.id) && this.parked.get(job.id) !== job.fence) this.begin(job.id);
    }
    // Before claiming: a pause that ends in between is then seen either by the timer or by the claim.
    this.awaitDue();
    this.claimAgain = true;
    this.claiming ??= this.claim().finally(() => {
      this.claiming = undefined;
    });
  }

  private begin(id: string): void {
    const drive = new Drive(id, this.deps, { prepare: this.turns, work: this.workTurns }, this.tries);
    const done = drive
      .run()
      .then((end) => this.finished(id, end))
      .catch((error: unknown) => {
        // The drive handles failures of steps, so this is a defect in our code. The job keeps its state.
        this.deps.log.error({ err: coerceError(error), job: id }, 'a job could not be driven');
        this.finished(id, 'parked');
      });
    this.drives.set(id, { drive, done });
  }

  private finished(id: string, end: DriveEnd): void {
    this.drives.delete(id);
    if (!this.closed) this.partials.jobRests(id);
    const fence = this.deps.queue.get(id)?.fence;
    if (end === 'parked' && fence !== undefined) this.parked.set(id, fence);
    else this.wake(); // it may have been moved in the meantime
  }

  private async claim(): Promise<void> {
    while (this.claimAgain && !this.closed) {
      this.claimAgain = false;
      await this.claimAll();
    }
  }

  private async claimAll(): Promise<void> {
    const { queue, boundary } = this.deps;
    let planned: PlannedRun | undefined;
    try {
      for (planned = this.claims.next(); planned !== undefined && !this.closed; planned = this.claims.next()) {
        await boundary?.('queued.claimed.before');
        if (this.closed) return;
        if (queue.claim(planned) === undefined) continue; // a member was moved in the meantime
        await boundary?.('queued.claimed.after');
      }
    } catch (error) {
      this.claimLater(toCosmosError(error), planned);
    }
  }

  /** A claim is one transaction, so after a failure no job has a slot. */
  private claimLater(error: CosmosError, planned: PlannedRun | undefined): void {
    const { log, clock, settings, progress } = this.deps;
    log.error({ err: error }, 'nothing could be claimed');
    for (const { id } of planned?.jobs ?? []) progress.report(id, `trying again: ${error.message}`, 0);
    this.cancelRetry();
    this.cancelRetry = clock.after(settings.backoff * 1000, () => this.wake());
  }

  private awaitDue(): void {
    const { queue, clock } = this.deps;
    this.cancelDue();
    const due = queue.nextDue();
    if (due === undefined) return;
    const waitMs = Math.max(0, Date.parse(due) - clock.now());
    this.cancelDue = clock.after(Math.min(waitMs, MAX_TIMER_MS), () => this.wake());
  }
}
