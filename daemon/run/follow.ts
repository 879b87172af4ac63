/** Following a run: its log into our copy and through the engine's reader, until it ends or stops showing life. */

import type { Clock } from '../clock.js';
import type { LogReader, MemberProgress } from '../engine/engine.js';
import type { Host } from '../host/host.js';
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
  readonly onProgress: (progress: MemberProgress) => void;
}

/**
 * ended = every byte of the log is here; stalled = it said nothing for too long. Goes on where our copy ends.
 * @throws when `signal` aborts, when the host cannot be read, when our copy cannot be written.
 */
export async function followRun(options: FollowOptions): Promise<'ended' | 'stalled'> {
  const { run, host, logs, reader, signal, onProgress } = options;
  const watchdog = new Watchdog(options.clock, options.stallMs);
  try {
    for (const progress of await replay(options)) onProgress(progress);
    const from = logs.size(run);
    await mirror({ run, host, logs, signal: AbortSignal.any([signal, watchdog.signal]) }, from, (bytes) => {
      watchdog.feed();
      for (const progress of reader.push(bytes)) onProgress(progress);
    });
    return 'ended';
  } catch (error) {
    if (watchdog.signal.aborted && !signal.aborted) return 'stalled';
    throw error;
  } finally {
    watchdog.close();
  }
}

type MirrorOptions = Pick<FollowOptions, 'run' | 'host' | 'logs' | 'signal'>;

/** Copies the host's log from byte `from` on until the run ends. */
export async function mirror(
  { run, host, logs, signal }: MirrorOptions,
  from: number,
  onBytes: (bytes: Uint8Array) => void = () => {},
): Promise<void> {
  let at = from;
  for await (const bytes of host.follow(run, at, signal)) {
    await logs.append(run, at, bytes);
    at += bytes.length;
    onBytes(bytes);
  }
  logs.end(run);
}

/** Brings a fresh reader to where our copy ends; of each member only the latest word counts. */
async function replay({ run, logs, reader }: FollowOptions): Promise<Iterable<MemberProgress>> {
  const latest = new Map<string, MemberProgress>();
  const size = logs.size(run);
  for (let at = 0; at < size; ) {
    const bytes = await logs.read(run, at, Math.min(REPLAY_PIECE, size - at));
    at += bytes.length;
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

  close(): void {
    this.cancelTimer();
  }
}
