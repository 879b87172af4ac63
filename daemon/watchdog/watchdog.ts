/** Starts the watchdog and tells it that the loop turns: see thread.ts. */
import { url as inspectorUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';
import type { JobWork } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { environmentFor } from '../environment.js';
import { coerceError } from '../errors.js';
import type { Logger } from '../log.js';
import type { StateDir } from '../state-dir.js';
import { STANDSTILL_LIMITS, type StandstillLimits } from './limits.js';
import { SharedWork } from './shared-work.js';
import type { WatchdogData } from './thread.js';

export interface WatchdogOptions {
  readonly stateDir: StateDir;
  readonly startId: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Left out: the limits of the product. */
  readonly limits?: StandstillLimits;
}

/** Megabytes of heap for the thread, which needs much less than a main thread. */
const SMALL = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 };

export class Watchdog {
  private readonly shared = new SharedWork();
  private readonly thread: Worker;
  private readonly lookMs: number;
  private cancelBeat = () => {};

  constructor(private readonly options: WatchdogOptions) {
    const { stateDir, startId, log, limits = STANDSTILL_LIMITS } = options;
    this.lookMs = limits.lookMs;
    const workerData: WatchdogData = {
      ...{ memory: this.shared.memory, file: stateDir.standstill, log: stateDir.daemonLog },
      ...{ pid: process.pid, startId, limits: { ...limits } },
    };
    this.shared.work = [];
    this.thread = new Worker(new URL('./thread.js', import.meta.url), {
      workerData,
      env: environmentFor('tool'),
      resourceLimits: SMALL,
    });
    this.thread.unref();
    // The daemon works without a watchdog, too.
    this.thread.on('error', (error) => log.error({ err: coerceError(error) }, 'the watchdog has ended'));
    this.beat();
  }

  /** Sets the steps that the daemon works on from now on. */
  show(work: readonly JobWork[]): void {
    this.shared.work = work;
  }

  async close(): Promise<void> {
    this.cancelBeat();
    await this.thread.terminate();
  }

  private beat(): void {
    this.shared.turned(inspectorUrl() !== undefined);
    this.cancelBeat = this.options.clock.after(this.lookMs, () => this.beat());
  }
}
