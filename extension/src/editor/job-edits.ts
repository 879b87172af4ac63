/**
 * The changes of a waiting job. Each is one undo step. Changes in quick succession are sent as one job.edit, which
 * names the state of the job that the user saw. If another client changed the job, the changes are kept and the user
 * decides. If the job has started, its changes can be taken from here to make another job. Knows no window; the daemon
 * is called through {@link JobCalls}.
 */
import type { JobOptions } from '../../../schemas/index.js';
import type { Job } from '../../../schemas/received.js';
import type { Form, FormEdit } from './form.js';
import { inverseOf, isEmpty, mergeOptions, optionsOf } from './job-options.js';
import { SeenJob } from './seen-job.js';

/** Milliseconds without a change before changes are sent, because the daemon prepares the job anew for each edit. */
const QUIET = 600;

export interface JobCalls {
  /** The job as the store has it; undefined = gone. */
  current(): Job | undefined;
  /**
   * Returns the job with the changes.
   * @throws an error with `code` wrong_state if it cannot be edited any more, job_moved if its fence has changed.
   */
  edit(options: JobOptions, fence: number): Promise<Job>;
  /** Called when something has changed that the form shows. */
  changed(): void;
}

/**
 * waiting = the changes are sent as soon as the job is prepared, or it turns out that it has started; conflict =
 * another client has changed the job since the user saw it.
 */
export type Sending = 'idle' | 'pending' | 'waiting' | 'sending' | 'conflict' | 'failed';

export class JobEdits {
  /** Changes that were not sent yet. */
  private pending: JobOptions = {};
  /** Changes that were sent and have no answer yet. */
  private inFlight: JobOptions = {};
  private readonly undone: FormEdit[] = [];
  private readonly done: FormEdit[] = [];
  private readonly seen: SeenJob;
  private timer: NodeJS.Timeout | undefined;
  private current: Sending = 'idle';
  private error: unknown;

  constructor(private readonly calls: JobCalls) {
    this.seen = new SeenJob(() => calls.current());
  }

  get sending(): Sending {
    return this.current;
  }

  get failure(): unknown {
    return this.error;
  }

  /** The changes that the job does not have yet, as far as is known. */
  get options(): JobOptions {
    return mergeOptions(this.inFlight, this.pending);
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** @param form the form that the user saw when changing it. */
  make(edit: FormEdit, form: Form): void {
    const inverse = inverseOf(edit, form);
    if (inverse !== undefined) this.done.push(inverse);
    this.undone.length = 0;
    this.take(edit, form);
  }

  undo(form: Form): void {
    this.step(this.done, this.undone, form);
  }

  redo(form: Form): void {
    this.step(this.undone, this.done, form);
  }

  /** Must be called after each change of the job: it may have become editable, or may no longer be. */
  jobMoved(): void {
    if (this.current === 'waiting') void this.send();
  }

  /** The user knows of the other client's changes and wants these changes as well. */
  async sendAnyway(): Promise<void> {
    this.seen.look();
    await this.send();
  }

  /** Returns the changes that the job does not have, and forgets them. Empty while some of them are being sent. */
  give(): JobOptions | undefined {
    if (this.current === 'sending') return undefined;
    const options = this.pending;
    this.discard();
    return options;
  }

  discard(): void {
    clearTimeout(this.timer);
    this.pending = {};
    this.done.length = 0;
    this.undone.length = 0;
    this.set('idle');
  }

  /** Sends the changes now, without waiting for a pause. */
  async flush(): Promise<void> {
    if (this.current === 'pending') await this.send();
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private step(from: FormEdit[], to: FormEdit[], form: Form): void {
    const edit = from.pop();
    if (edit === undefined) return;
    const inverse = inverseOf(edit, form);
    if (inverse !== undefined) to.push(inverse);
    this.take(edit, form);
  }

  private take(edit: FormEdit, form: Form): void {
    if (isEmpty(this.options)) this.seen.look();
    this.pending = mergeOptions(this.pending, optionsOf(edit, form));
    if (this.current === 'conflict') {
      this.set('conflict');
    } else {
      this.sendAfterQuiet();
      this.set(this.current === 'sending' ? 'sending' : 'pending');
    }
  }

  /** One call at a time. Changes made during a call are sent with the next. */
  private async send(): Promise<void> {
    clearTimeout(this.timer);
    if (this.current === 'sending' || isEmpty(this.pending)) return;
    const job = this.seen.newest;
    const obstacle = this.obstacle(job);
    if (job === undefined || obstacle !== undefined) {
      this.set(obstacle ?? 'waiting');
      return;
    }
    this.inFlight = this.pending;
    this.pending = {};
    this.set('sending');
    try {
      this.seen.took(await this.calls.edit(this.inFlight, job.fence));
      this.inFlight = {};
      this.set('idle');
    } catch (error) {
      this.pending = this.options;
      this.inFlight = {};
      this.refused(error, job);
    }
    if (this.current === 'idle' && !isEmpty(this.pending)) this.sendAfterQuiet();
  }

  /** Why the changes cannot be sent now. */
  private obstacle(job: Job | undefined): Sending | undefined {
    if (job === undefined || isOver(job) || job.state === 'preparing') return 'waiting';
    return this.seen.isChanged(job) ? 'conflict' : undefined;
  }

  /** The job may have changed before the daemon got the edit. Its state after the next event decides what happens. */
  private refused(error: unknown, { fence }: Job): void {
    this.error = error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const hasMoved = code === 'wrong_state' || code === 'job_moved';
    this.set(hasMoved ? 'waiting' : 'failed');
    if (hasMoved && this.seen.newest?.fence !== fence) void this.send();
  }

  private sendAfterQuiet(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), QUIET);
  }

  private set(sending: Sending): void {
    this.current = sending;
    this.calls.changed();
  }
}

/** The job has started, has ended or is gone, so it cannot be edited any more. */
export function isOver(job: Job | undefined): boolean {
  return job === undefined || !['preparing', 'held', 'queued'].includes(job.state);
}
