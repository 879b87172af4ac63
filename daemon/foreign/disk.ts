/**
 * The gate of one disk. A disk that does not answer (a dead server, a hung FUSE program, a broken cable) blocks the thread
 * that calls it for ever, and the process has one pool of threads for all files. So only a few threads call a disk at a
 * time; a call that is not answered in time makes the disk *silent*, and from then on every new call fails at once,
 * until an old call returns or a test call succeeds.
 */
import type { Clock } from '../clock.js';
import { CosmosError } from '../errors.js';

/** Milliseconds that one call to a disk may take: a sleeping disk needs about ten seconds to spin up. */
const ANSWER_MS = 15_000;
/** Milliseconds between two test calls to a silent disk. */
const RETRY_MS = 5000;
/** A timer this many milliseconds late means that this process was stopped or asleep; then the disk is not blamed. */
const LATE_MS = 1000;

export interface DiskDeps {
  /** Where it is mounted. */
  readonly point: string;
  /** Threads that may ask it at a time. */
  readonly most: number;
  readonly clock: Clock;
  /** The smallest call that the system cannot answer from its cache. */
  readonly look: () => Promise<unknown>;
  /** Called when it becomes silent or answers again. */
  readonly changed: () => void;
}

/** A request that waits for the disk. */
interface Asker {
  readonly ask: () => void;
  readonly fail: (error: CosmosError) => void;
}

export class Disk {
  private readonly waiting: Asker[] = [];
  /** Requests that are under way and still waited for, each with the function that cancels its timer. */
  private readonly open = new Map<Asker, () => void>();
  /** Threads that the disk blocks now, also those of requests that have already failed. */
  private threads = 0;
  private isLooking = false;
  private silent = false;
  private cancelLook = () => {};

  constructor(private readonly deps: DiskDeps) {}

  get isSilent(): boolean {
    return this.silent;
  }

  /** Threads that wait for an answer now. */
  get held(): number {
    return this.threads + (this.isLooking ? 1 : 0);
  }

  /**
   * Makes one system call on the disk.
   * @param ms after which the disk counts as silent
   * @throws CosmosError disk_silent; whatever the operation throws
   */
  run<T>(operation: () => Promise<T>, ms = ANSWER_MS): Promise<T> {
    if (this.silent) return Promise.reject(this.silence());
    return new Promise<T>((resolve, reject) => {
      const ask = () => {
        this.threads += 1;
        this.expect(asker, ms);
        const answer = attempt(operation);
        const answered = () => {
          this.threads -= 1;
          this.answered(asker);
        };
        answer.then(answered, answered);
        answer.then(resolve, reject);
      };
      const asker: Asker = { ask, fail: reject };
      if (this.threads < this.deps.most) ask();
      else this.waiting.push(asker);
    });
  }

  /**
   * Work of another process with the disk, without a time limit; it uses no thread of this process.
   * @throws CosmosError disk_silent as soon as the disk is; whatever the operation throws
   */
  during<T>(operation: () => Promise<T>): Promise<T> {
    if (this.silent) return Promise.reject(this.silence());
    return new Promise<T>((resolve, reject) => {
      const asker: Asker = { ask: () => {}, fail: reject };
      this.expect(asker, Number.POSITIVE_INFINITY);
      const answer = attempt(operation);
      const ended = () => this.forget(asker);
      answer.then(ended, ended);
      answer.then(resolve, reject);
    });
  }

  /** The error of every request to a silent disk. */
  silence(): CosmosError {
    const { point } = this.deps;
    const message = `The disk at ${point} does not answer. What is on it can be used again when it does: is its server up, is its cable in?`;
    return new CosmosError('disk_silent', message, { disk: point });
  }

  /** Before the process ends: open requests fail after at most this many milliseconds. */
  close(ms: number): void {
    this.cancelLook();
    if (this.open.size > 0) this.cancelLook = this.deps.clock.after(ms, () => this.open.size > 0 && this.fallSilent());
  }

  /** During a request that may take long, test calls find out early whether the disk still answers. */
  private expect(asker: Asker, left: number): void {
    const { clock } = this.deps;
    const ms = Math.min(left, ANSWER_MS);
    const due = clock.monotonic() + ms;
    const late = () => {
      if (clock.monotonic() - due > LATE_MS) return this.expect(asker, left);
      if (left > ms) {
        this.look();
        return this.expect(asker, left - ms);
      }
      // Answers that have arrived are delivered before the timers of the next turn.
      this.open.set(
        asker,
        clock.after(0, () => this.fallSilent()),
      );
    };
    this.open.set(asker, clock.after(ms, late));
  }

  private answered(asker: Asker): void {
    this.forget(asker);
    this.comeBack();
    if (this.threads < this.deps.most) this.waiting.shift()?.ask();
  }

  private forget(asker: Asker): void {
    this.open.get(asker)?.();
    this.open.delete(asker);
  }

  private fallSilent(): void {
    if (this.silent) return;
    this.silent = true;
    const requests = [...this.open.keys(), ...this.waiting];
    for (const cancel of this.open.values()) cancel();
    this.open.clear();
    this.waiting.length = 0;
    for (const { fail } of requests) fail(this.silence());
    this.deps.changed();
    this.lookLater();
  }

  /** When all threads of a disk are blocked, no further call can be made. */
  private comeBack(): void {
    if (!this.silent || this.threads >= this.deps.most) return;
    this.silent = false;
    this.cancelLook();
    this.deps.changed();
  }

  private lookLater(): void {
    this.cancelLook = this.deps.clock.after(RETRY_MS, () => {
      this.look();
      if (this.silent) this.lookLater();
    });
  }

  /** One test call at a time, so that a silent disk blocks only one thread for it. */
  private look(): void {
    if (this.isLooking) return;
    this.isLooking = true;
    const { clock, look } = this.deps;
    const cancel = clock.after(ANSWER_MS, () => this.fallSilent());
    const seen = () => {
      this.isLooking = false;
      cancel();
      this.comeBack();
    };
    attempt(look).then(seen, seen); // an error is an answer too
  }
}

/** Whether an error says that a disk does not answer. */
export function isSilence(error: unknown): error is CosmosError {
  return error instanceof CosmosError && error.code === 'disk_silent';
}

/** A promise also where the operation throws at once. */
async function attempt<T>(operation: () => Promise<T>): Promise<T> {
  return operation();
}
