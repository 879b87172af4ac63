/**
 * The watchdog: a thread beside the daemon's main one, which has the event loop. It needs nothing of that loop: it
 * looks at shared memory, and writes into files by itself.
 */
import { rmSync, writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { sync as writeFileAtomic } from 'write-file-atomic';
import * as z from 'zod';
import type { JobWork, Standstill } from '../../schemas/index.js';
import { isoNow, systemClock } from '../clock.js';
import { coerceError } from '../errors.js';
import { createLogger } from '../log.js';
import { SharedWork } from './shared-work.js';
import { Standing } from './standing.js';
import { workInWords } from './words.js';

/** What the main thread gives along. */
export const WatchdogData = z.object({
  memory: z.instanceof(SharedArrayBuffer),
  /** Path of standstill.json. */
  file: z.string(),
  /** Path of daemon.log. */
  log: z.string(),
  pid: z.int(),
  startId: z.string(),
  limits: z.object({ lookMs: z.number(), toldMs: z.number(), endMs: z.number() }),
});
export type WatchdogData = z.infer<typeof WatchdogData>;

const STDERR = 2;

class WatchdogThread {
  private readonly shared: SharedWork;
  private readonly standing = new Standing();
  private readonly log;
  private told: Standstill | undefined;

  constructor(private readonly data: WatchdogData) {
    this.shared = new SharedWork(data.memory);
    this.log = createLogger(data.log, 'info');
  }

  look(): void {
    // A breakpoint holds the main thread alone: it is not the daemon that stands.
    const stoodMs = this.shared.isDebugged ? 0 : this.standing.look(this.shared.beat, systemClock.monotonic());
    const { toldMs, endMs } = this.data.limits;
    if (stoodMs >= endMs) this.end(stoodMs);
    else if (stoodMs >= toldMs) this.tell(stoodMs);
    else if (stoodMs === 0) this.goesOn();
    systemClock.after(this.data.limits.lookMs, () => this.look());
  }

  private tell(stoodMs: number): void {
    const isNews = this.told === undefined;
    const { since } = this.record(stoodMs, false);
    if (!isNews) return;
    const doing = workInWords(this.shared.work);
    this.say('warn', `The event loop has stood still for ${seconds(stoodMs)} s (since ${since}), at work on ${doing}.`);
  }

  private goesOn(): void {
    if (this.told === undefined) return;
    const message = `The event loop goes on; it stood still for ${seconds(this.told.seconds * 1000)} s.`;
    this.told = undefined;
    rmSync(this.data.file, { force: true });
    this.say('info', message);
  }

  /** Nothing of the daemon is lost by that: what runs on hosts goes on, and the next start goes on with the rest. */
  private end(stoodMs: number): void {
    const { work } = this.record(stoodMs, true);
    const why = `The event loop stood still for ${seconds(stoodMs)} s, at work on ${workInWords(work)}`;
    this.say('fatal', `${why}: the watchdog ends the daemon (process ${this.data.pid}). It can be started again.`);
    process.kill(this.data.pid, 'SIGKILL');
  }

  private record(stoodMs: number, ended: boolean): Standstill {
    const { pid, startId, file } = this.data;
    const since = this.told?.since ?? new Date(systemClock.now() - stoodMs).toISOString();
    const work: JobWork[] = this.shared.work;
    this.told = { pid, startId, since, seconds: Math.round(stoodMs / 100) / 10, work, ended };
    try {
      writeFileAtomic(file, JSON.stringify(this.told), { mode: 0o600, fsync: false });
    } catch (error) {
      this.log.warn({ err: coerceError(error) }, 'the standstill could not be written down'); // a full disk
    }
    return this.told;
  }

  /** Standard error belongs to the main thread's loop, so it is written past it. */
  private say(level: 'info' | 'warn' | 'fatal', message: string): void {
    this.log[level](message);
    try {
      writeSync(STDERR, `${isoNow(systemClock)} ${message}\n`);
    } catch {
      // Nobody reads it: a daemon in the background. The log has the sentence.
    }
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}

new WatchdogThread(WatchdogData.parse(workerData)).look();
