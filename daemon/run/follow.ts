/** Follows a run until it ends or is stuck: copies its log and feeds the log to the engine's reader. */

import type { Clock } from '../clock.js';
import type { Host } from '../host/host.js';
import type { LogReader, MemberProgress } from '../workload/engine.js';
import { LAST_WORDS, LOG, MOST_FILES } from './bounds.js';
import type { RunLogs } from './run-log.js';

/** Bytes that are read at once when the reader gets the known part of a log. */
const REPLAY_PIECE = 2 ** 20;

export interface FollowOptions {
  readonly run: string;
  readonly host: Host;
  readonly logs: RunLogs;
  readonly reader: LogReader;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds without a byte of log after which a run counts as stuck; null = never. */
  readonly stallMs: number | null;
  /** `isNew` = the progress was made just now; else it comes from the part of the log that was already here. */
  readonly onProgress: (progress: MemberProgress, isNew: boolean) => void;
  /** Called once the reader has got the known part of the log; from then on only new lines come. */
  readonly onReplayed?: () => void;
  /** More files of the run folder that the reader follows. */
  readonly sideLogs: readonly string[];
  /** When the safety filter refuses this job, following ends. */
  readonly job: string;
  /** Bytes of log after which the run counts as one that never stops writing. */
  readonly mostLog?: number;
}

/** `refused` = the message of the safety filter about the job; undefined = it did not refuse the job. */
export interface Followed {
  readonly how: 'ended' | 'stalled' | 'endless';
  readonly refused?: string | undefined;
}

/** Milliseconds in which a refused run may end by itself before it is stopped. */
const REFUSED_MS = 60_000;

/**
 * Starts where our copy of the log ends.
 * @returns ended = the whole log is here; stalled = no new byte came for too long; endless = the log exceeds its limit.
 * @throws when `signal` aborts, when the host cannot be read, when our copy cannot be written.
 */
export async function followRun(options: FollowOptions): Promise<Followed> {
  const { run, host, logs, reader, signal, mostLog = LOG.total } = options;
  const watchdog = new Watchdog(options.clock, options.stallMs);
  const done = new AbortController();
  const both = AbortSignal.any([signal, watchdog.signal, done.signal]);
  let refused: string | undefined;
  const tell: Tell = (progress, isNew) => {
    if (progress.job === options.job && progress.refused !== undefined && refused === undefined) {
      refused = progress.refused;
      watchdog.limit(REFUSED_MS);
    }
    options.onProgress(progress, isNew);
  };
  // These files only add details, so their failures are ignored; allSettled at once, because one may fail early.
  const side = Promise.allSettled(options.sideLogs.map((file) => followSide(options, file, both, tell)));
  try {
    for (const progress of await replay(options)) tell(progress, false);
    options.onReplayed?.();
    const status = await host.inspect(run);
    const past = status.state === 'absent' ? 0 : status.logBytes;
    if (past > mostLog) {
      // The log passed its limit while it was not followed: its end is enough.
      if (status.state === 'running') return { how: 'endless' };
      await mirrorRest({ run, host, logs, signal: both });
      return { how: 'ended' };
    }
    const isWhole = await mirror({ run, host, logs, signal: both, most: mostLog }, (bytes, at) => {
      if (refused === undefined) watchdog.feed();
      for (const progress of reader.push(bytes)) tell(progress, at >= past);
    });
    return { how: isWhole ? 'ended' : 'endless', refused };
  } catch (error) {
    if (watchdog.signal.aborted && !signal.aborted) return { how: 'stalled', refused };
    throw error;
  } finally {
    watchdog.close();
    done.abort();
    await side;
  }
}

type Tell = FollowOptions['onProgress'];

/** Follows the file from its first byte, because it has no local copy. Bytes over the limit are ignored. */
async function followSide(
  { run, host, reader, mostLog = LOG.total }: FollowOptions,
  file: string,
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  if (host.followFile === undefined) return;
  const past = (await host.files(run, MOST_FILES)).find(({ path }) => path === file)?.bytes ?? 0;
  let at = 0;
  for await (const bytes of host.followFile(run, file, 0, signal)) {
    for (const progress of reader.push(bytes, file)) tell(progress, at >= past);
    at += bytes.length;
    if (at > mostLog) return;
  }
}

interface MirrorOptions extends Pick<FollowOptions, 'run' | 'host' | 'logs' | 'signal'> {
  /** Most bytes of the log that are copied. */
  readonly most: number;
}

/**
 * Copies the host's log, from where our copy ends, until the run ends. Then the copy is marked as complete.
 * @returns false when the log has become longer than `most`; the run goes on then.
 */
export async function mirror(
  { run, host, logs, signal, most }: MirrorOptions,
  onBytes: (bytes: Uint8Array, at: number) => void = () => {},
): Promise<boolean> {
  let at = logs.size(run);
  if (at > most) return false;
  for await (const bytes of host.follow(run, at, signal)) {
    await logs.append(run, at, bytes);
    onBytes(bytes, at);
    at += bytes.length;
    if (at > most) return false;
  }
  logs.end(run);
  return true;
}

/** Copies only the end of the log of a run that was stopped: it has the reason, and the rest would take too long. */
export async function mirrorRest(options: Omit<MirrorOptions, 'most'>): Promise<void> {
  const { run, host, logs } = options;
  const status = await host.inspect(run);
  const size = status.state === 'absent' ? 0 : status.logBytes;
  if (size - logs.size(run) > LAST_WORDS) await logs.skip(run, size - LAST_WORDS);
  if (!(await mirror({ ...options, most: logs.size(run) + 2 * LAST_WORDS }))) logs.end(run);
}

/** Feeds the known part of the log to a new reader. Only the latest progress of each member is reported. */
async function replay({ run, logs, reader }: FollowOptions): Promise<Iterable<MemberProgress>> {
  const latest = new Map<string, MemberProgress>();
  const size = logs.size(run);
  for (let at = 0; at < size; ) {
    const kept = logs.keptFrom(run, at);
    if (kept > at) reader.skip(kept - at);
    const bytes = await logs.read(run, kept, Math.min(REPLAY_PIECE, size - kept));
    if (bytes.length === 0) break;
    at = kept + bytes.length;
    for (const progress of reader.push(bytes)) {
      latest.set(progress.job, { logFrom: latest.get(progress.job)?.logFrom, ...progress });
    }
  }
  return latest.values();
}

/** Aborts its signal when `feed` was not called for too long. */
class Watchdog {
  private readonly controller = new AbortController();
  private cancelTimer = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly limitMs: number | null,
  ) {
    this.feed();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  feed(): void {
    this.cancelTimer();
    if (this.limitMs !== null) this.cancelTimer = this.clock.after(this.limitMs, () => this.controller.abort());
  }

  /** Sets a new limit that starts now and that `feed` does not extend. */
  limit(ms: number): void {
    this.cancelTimer();
    this.cancelTimer = this.clock.after(ms, () => this.controller.abort());
  }

  close(): void {
    this.cancelTimer();
  }
}
