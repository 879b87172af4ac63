/** Following a run: its log into our copy and through the engine's reader, until it ends or stops showing life. */

import type { Clock } from '../clock.js';
import type { Host } from '../host/host.js';
import type { LogReader, MemberProgress } from '../workload/engine.js';
import { LAST_WORDS, LOG, MOST_FILES } from './bounds.js';
import type { RunLogs } from './run-log.js';

/** Bytes read at once when the known part of a log is played back. */
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
  /** `isNew` = it happened just now; else it was known, or was said while nobody listened. */
  readonly onProgress: (progress: MemberProgress, isNew: boolean) => void;
  /** The known part of the log was read: from now on it waits for what the run says. */
  readonly onReplayed?: () => void;
  /** Further files of the run folder that the reader wants to see grow. */
  readonly sideLogs: readonly string[];
  /** The job whose refusal ends the waiting. */
  readonly job: string;
  /** Bytes of log after which the run counts as one that talks without end. */
  readonly mostLog?: number;
}

/** `refused`: the safety filter's words for the job, when it gave any. */
export interface Followed {
  readonly how: 'ended' | 'stalled' | 'endless';
  readonly refused?: string | undefined;
}

/** Milliseconds that a refused run has to end by itself. */
const REFUSED_MS = 60_000;

/**
 * ended = the log is here, stalled = it said nothing for too long, endless = it said too much. Goes on where our copy ends.
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
  // They only add detail, so the log itself decides. Settled from the start: one may fail long before it is waited for.
  const side = Promise.allSettled(options.sideLogs.map((file) => followSide(options, file, both, tell)));
  try {
    for (const progress of await replay(options)) tell(progress, false);
    options.onReplayed?.();
    const status = await host.inspect(run);
    const past = status.state === 'absent' ? 0 : status.logBytes;
    if (past > mostLog) {
      // It said too much while nobody followed: all of it would say no more than its end does.
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

/** From its first byte: what it said before is not kept here. One that says too much adds no more. */
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
  /** Bytes of log that are followed. */
  readonly most: number;
}

/**
 * Copies the host's log from where our copy ends until the run ends. Our copy counts as complete then.
 * @returns false, with the run going on, when the log has become longer than `most`.
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

/** Brings what is still worth having of the log of a run that was stopped: its last words. */
export async function mirrorRest(options: Omit<MirrorOptions, 'most'>): Promise<void> {
  const { run, host, logs } = options;
  const status = await host.inspect(run);
  const size = status.state === 'absent' ? 0 : status.logBytes;
  if (size - logs.size(run) > LAST_WORDS) await logs.skip(run, size - LAST_WORDS);
  if (!(await mirror({ ...options, most: logs.size(run) + 2 * LAST_WORDS }))) logs.end(run);
}

/** Brings a fresh reader to where our copy ends; of each member only the latest word counts. */
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

/** Aborts its signal when it was not fed for too long. */
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

  /** Another limit from now on, which feeding does not extend. */
  limit(ms: number): void {
    this.cancelTimer();
    this.cancelTimer = this.clock.after(ms, () => this.controller.abort());
  }

  close(): void {
    this.cancelTimer();
  }
}
