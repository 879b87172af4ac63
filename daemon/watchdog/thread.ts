/**
 * The watchdog: a thread beside the main thread of the daemon. It does not need the event loop of the main thread: it
 * reads shared memory and writes its files itself. It loads few modules (neither zod nor pino), because it needs their
 * memory as long as the daemon lives.
 */
import { appendFileSync, rmSync, writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import type { JobWork, Standstill } from '../../schemas/index.js';
import { isoNow, systemClock } from '../clock.js';
import { writeFileAtomicSync } from '../write-file.js';
import type { StandstillLimits } from './limits.js';
import { SharedWork } from './shared-work.js';
import { Standing } from './standing.js';
import { workInWords } from './words.js';

/** Data from the main thread. */
export interface WatchdogData {
  readonly memory: SharedArrayBuffer;
  /** Path of standstill.json. */
  readonly file: string;
  /** Path of daemon.log. */
  readonly log: string;
  readonly pid: number;
  readonly startId: string;
  readonly limits: StandstillLimits;
}

const STDERR = 2;

/** Levels with the numbers of pino. */
const LEVELS = { info: 30, warn: 40, fatal: 60 } as const;

class WatchdogThread {
  private readonly shared: SharedWork;
  private readonly standing = new Standing();
  private told: Standstill | undefined;

  constructor(private readonly data: WatchdogData) {
    this.shared = new SharedWork(data.memory);
  }

  look(): void {
    // A breakpoint stops only the main thread: that is no standstill.
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

  /** Ends the process. Nothing is lost: runs on hosts go on, and the next daemon continues every job. */
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
      writeFileAtomicSync(file, JSON.stringify(this.told), { mode: 0o600, fsync: false });
    } catch {
      // The disk is full; a line in the log, if there is room, says the same.
    }
    return this.told;
  }

  /** Writes to standard error directly, because process.stderr of a thread needs the loop of the main thread. */
  private say(level: keyof typeof LEVELS, message: string): void {
    const record = { level: LEVELS[level], time: systemClock.now(), msg: message };
    attempt(() => appendFileSync(this.data.log, `${JSON.stringify(record)}\n`, { mode: 0o600 }));
    attempt(() => writeSync(STDERR, `${isoNow(systemClock)} ${message}\n`));
  }
}

/** When one output fails (full disk, closed pipe), the others are still written. */
function attempt(write: () => void): void {
  try {
    write();
  } catch {
    // another output has the message
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}

new WatchdogThread(workerData as WatchdogData).look(); // watchdog.ts gives nothing else
