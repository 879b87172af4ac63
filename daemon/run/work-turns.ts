/**
 * Notes when the daemon works on a step. A step at which the daemon has died before runs alone, one after the other:
 * when the daemon dies again, the cause is clear.
 */
import type { Job } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import type { WorkNotes } from './needs.js';
import type { ProgressBoard } from './progress.js';

/**
 * Milliseconds from the start of the runner until such a step may run, so that a person can start the daemon with a
 * command that cancels the job. Such a command takes a few hundred.
 */
const GRACE_MS = 2000;

interface Needs {
  readonly work: WorkNotes;
  readonly clock: Clock;
  readonly progress: ProgressBoard;
}

/** The present step of one job. */
export interface StepWork {
  /** Resolves when the step may run; at once when it has its turn already. @throws when it is interrupted. */
  enter(): Promise<void>;
  /** Notes that the daemon works on the step from now on. */
  note(): void;
  /** Does `enter` and then `note`. */
  begin(): Promise<void>;
  /** Notes that the step has ended, or only waits. Does nothing when it has not begun. */
  rest(): void;
}

export class WorkTurns {
  private graceEnds = 0;
  /** Resolves when all steps that run alone have left. */
  private tail: Promise<void> = Promise.resolve();

  constructor(private readonly needs: Needs) {}

  /** To be called when the runner starts. */
  start(): void {
    this.graceEnds = this.needs.clock.monotonic() + GRACE_MS;
  }

  of({ id, state }: Pick<Job, 'id' | 'state'>, signal: AbortSignal): StepWork {
    const { work, progress } = this.needs;
    let leave: (() => void) | undefined;
    const enter = async () => {
      if (leave !== undefined || work.deaths(id, state) === 0) return;
      progress.report(id, 'waits for its turn: the daemon died at this step before, so it goes on alone', 0);
      leave = await this.alone(signal);
    };
    const note = () => work.begin(id, state);
    return {
      enter,
      note,
      begin: () => enter().then(note),
      rest() {
        work.rest(id);
        leave?.();
        leave = undefined;
      },
    };
  }

  private async alone(signal: AbortSignal): Promise<() => void> {
    const before = this.tail;
    let leave = () => {};
    const mine = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.tail = before.then(() => mine);
    try {
      await this.graceOver(signal);
      await unlessAborted(before, signal);
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  }

  private async graceOver(signal: AbortSignal): Promise<void> {
    const { clock } = this.needs;
    const left = this.graceEnds - clock.monotonic();
    if (left <= 0) return;
    let cancel = () => {};
    const over = new Promise<void>((resolve) => {
      cancel = clock.after(left, resolve);
    });
    await unlessAborted(over, signal).finally(() => cancel());
  }
}

/** @throws the signal's reason when it aborts first. */
function unlessAborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    void wait.then(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
  });
}
