/**
 * The changes of a job that waits: each is one undo step, several in short order are one job.edit, which names the job
 * as it was seen. When somebody else has changed it, the changes are kept, and the person decides; when it has started
 * meanwhile, they are given up to whoever makes another job of them. Knows no window; the daemon is asked through {@link JobCalls}.
 */
import type { JobOptions } from '../../../schemas/index.js';
import type { Job } from '../../../schemas/received.js';
import type { Form, FormEdit } from './form.js';
import { inverseOf, isEmpty, mergeOptions, optionsOf } from './job-options.js';
import { SeenJob } from './seen-job.js';

/** Milliseconds of quiet after which changes are sent: an edit makes the daemon prepare the job anew. */
const QUIET = 600;

export interface JobCalls {
  /** The job as it is known now; undefined = gone. */
  current(): Job | undefined;
  /**
   * The job with the changes.
   * @throws with `code` wrong_state when it cannot be edited any more, job_moved when its fence is another one now.
   */
  edit(options: JobOptions, fence: number): Promise<Job>;
  /** Something changed that is to be shown. */
  changed(): void;
}

/**
 * waiting = will be sent when the job is prepared, or is told to have started; conflict = somebody else has changed the
 * job since the person saw it.
 */
export type Sending = 'idle' | 'pending' | 'waiting' | 'sending' | 'conflict' | 'failed';

export class JobEdits {
  /** Not sent yet. */
  private pending: JobOptions = {};
  /** Sent, and not answered yet. */
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

  /** What the job does not have yet, as far as we know. */
  get options(): JobOptions {
    return mergeOptions(this.inFlight, this.pending);
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** @param form that the person saw when changing it. */
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

  /** To be called when the job moved: it may be editable again, or no more. */
  jobMoved(): void {
    if (this.current === 'waiting') void this.send();
  }

  /** The person knows what somebody else has changed, and wants these changes beside them. */
  async sendAnyway(): Promise<void> {
    this.seen.look();
    await this.send();
  }

  /** What the job does not have; this forgets it. While some of it is on its way, nothing can be given. */
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

  /** Sends at once what waits for quiet. */
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

  /** One call at a time; what is changed meanwhile goes with the next. */
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

  /** Why nothing can be sent now. */
  private obstacle(job: Job | undefined): Sending | undefined {
    if (job === undefined || isOver(job) || job.state === 'preparing') return 'waiting';
    return this.seen.isChanged(job) ? 'conflict' : undefined;
  }

  /** The job may have moved between our look and the daemon's: what it is now decides, once we are told of it. */
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

/** Started, ended or gone: no edit reaches it any more. */
export function isOver(job: Job | undefined): boolean {
  return job === undefined || !['preparing', 'held', 'queued'].includes(job.state);
}
