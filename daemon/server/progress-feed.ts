/** Sends progress to one client: the latest value of each job, at most every 100 ms and only while the client reads. */
import type { Progress } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import type { Receiver } from './receiver.js';
import type { RunnerService, Unlisten } from './services.js';

const INTERVAL_MS = 100;

export class ProgressFeed {
  private readonly latest = new Map<string, Progress>();
  private readonly unlisten: Unlisten[] = [];
  private cancelTimer: (() => void) | undefined;

  constructor(
    private readonly runner: RunnerService,
    private readonly clock: Clock,
    private readonly receiver: Receiver,
  ) {}

  start(): void {
    this.unlisten.push(this.runner.onProgress((progress) => this.keep(progress)));
    this.unlisten.push(this.receiver.onDrain(() => this.flush()));
  }

  close(): void {
    for (const unlisten of this.unlisten.splice(0)) unlisten();
    this.cancelTimer?.();
    this.latest.clear();
  }

  private keep(progress: Progress): void {
    this.latest.set(progress.job, progress);
    this.cancelTimer ??= this.clock.after(INTERVAL_MS, () => {
      this.cancelTimer = undefined;
      this.flush();
    });
  }

  private flush(): void {
    if (this.receiver.full) return; // onDrain comes back here
    for (const progress of this.latest.values()) this.receiver.notify('progress', progress);
    this.latest.clear();
  }
}
