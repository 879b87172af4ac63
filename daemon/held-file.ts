/**
 * Files that another program has open for a moment: a renderer that still writes, a virus scanner, an indexer, a viewer.
 * On Windows a program that opens a file can keep others from opening, renaming or replacing it; elsewhere only a server of
 * Windows does that (CIFS), or a program that runs (ETXTBSY). It is enough to wait.
 */
import { rename } from 'node:fs/promises';
import { type Clock, systemClock } from './clock.js';
import { errnoOf } from './errors.js';

/** A sharing or lock violation is EBUSY in libuv; a file that is being deleted or held without sharing denies access. */
const HELD = ['EBUSY', 'ETXTBSY'];
const HELD_ON_WINDOWS = [...HELD, 'EPERM', 'EACCES'];

/** Whether the error may mean that another program holds the file. Windows gives the same error for a lack of rights. */
export function isHeld(error: unknown, platform: NodeJS.Platform = process.platform): boolean {
  const code = errnoOf(error);
  return code !== undefined && (platform === 'win32' ? HELD_ON_WINDOWS : HELD).includes(code);
}

export interface Patience {
  /** Milliseconds after which the last error is thrown; default: 60 s, as long as graceful-fs waits for a virus scanner. */
  readonly ms?: number;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly platform?: NodeJS.Platform;
}

/** Milliseconds between two tries: the first, and the longest. */
const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 1000;

/** Repeats work that fails because a file is held. @throws other errors at once, and the last one at the time limit. */
export async function untilFree<T>(action: () => Promise<T>, patience: Patience = {}): Promise<T> {
  const { ms = 60_000, signal, clock = systemClock, platform } = patience;
  const end = clock.monotonic() + ms;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await action();
    } catch (error) {
      if (!isHeld(error, platform) || clock.monotonic() >= end) throw error;
    }
    await pauseOf(pause, clock, signal);
    signal?.throwIfAborted();
  }
}

/** Ends early when it is aborted. */
async function pauseOf(ms: number, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const cancel = clock.after(ms, end);
  signal?.addEventListener('abort', end, { once: true });
  await ended;
  cancel();
  signal?.removeEventListener('abort', end);
}

/** `rename` of node:fs that waits while another program holds the old file. */
export function renameOver(from: string, to: string): Promise<void> {
  return untilFree(() => rename(from, to));
}
