/**
 * The changes of a job that waits: each is one undo step, several in short order are one job.edit, and when the job
 * has started meanwhile they are kept for a variation of it. Knows no window; the daemon is asked through {@link JobCalls}.
 */
import type { Job, JobOptions } from '../../../schemas/index.js';
import type { Form, FormEdit } from './form.js';
import { inverseOf, isEmpty, mergeOptions, optionsOf } from './job-options.js';

/** Milliseconds of quiet after which changes are sent: an edit makes the daemon prepare the job anew. */
const QUIET = 600;

export interface JobCalls {
  /** The job as it is known now; undefined = gone. */
  current(): Job | undefined;
  /** @throws with `code` wrong_state when the job cannot be edited any more. */
  edit(options: JobOptions): Promise<unknown>;
  clone(options: JobOptions): Promise<unknown>;
  /** Something changed that is to be shown. */
  changed(): void;
}

/** waiting = will be sent when the job is prepared; lost = the job started before they could be sent. */
export type Sending = 'idle' | 'pending' | 'waiting' | 'sending' | 'lost' | 'failed';

export class JobEdits {
  /** Not sent yet. */
  private pending: JobOptions = {};
  /** Sent, and not answered yet. */
  private inFlight: JobOptions = {};
  private readonly undone: FormEdit[] = [];
  private readonly done: FormEdit[] = [];
  private timer: NodeJS.Timeout | undefined;
  private current: Sending = 'idle';
  private error: unknown;

  constructor(private readonly calls: JobCalls) {}

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
    else if (!isEmpty(this.pending) && isOver(this.calls.current())) this.set('lost');
  }

  /** A new job with the changes that came too late. */
  async queueVariation(): Promise<void> {
    const options = this.pending;
    await this.calls.clone(options);
    this.discard();
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
    this.pending = mergeOptions(this.pending, optionsOf(edit, form));
    if (this.current === 'lost' || isOver(this.calls.current())) {
      this.set('lost');
      return;
    }
    this.sendAfterQuiet();
    this.set(this.current === 'sending' ? 'sending' : 'pending');
  }

  /** One call at a time; what is changed meanwhile goes with the next. */
  private async send(): Promise<void> {
    clearTimeout(this.timer);
    if (this.current === 'sending' || isEmpty(this.pending)) return;
    const job = this.calls.current();
    if (isOver(job) || job?.state === 'preparing') {
      this.set(isOver(job) ? 'lost' : 'waiting');
      return;
    }
    this.inFlight = this.pending;
    this.pending = {};
    this.set('sending');
    try {
      await this.calls.edit(this.inFlight);
      this.inFlight = {};
      this.set('idle');
    } catch (error) {
      this.pending = this.options;
      this.inFlight = {};
      this.refused(error);
    }
    if (this.current === 'idle' && !isEmpty(this.pending)) this.sendAfterQuiet();
  }

  /** The job may have moved between our look and the daemon's: its preparing passes, its start does not. */
  private refused(error: unknown): void {
    this.error = error;
    const wrongState = error instanceof Error && 'code' in error && error.code === 'wrong_state';
    const preparing = wrongState && 'data' in error && stateIn(error.data) === 'preparing';
    this.set(!wrongState ? 'failed' : preparing ? 'waiting' : 'lost');
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

function stateIn(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'state' in data ? data.state : undefined;
}

/** Started, ended or gone: no edit reaches it any more. */
export function isOver(job: Job | undefined): boolean {
  return job === undefined || !['preparing', 'held', 'queued'].includes(job.state);
}
