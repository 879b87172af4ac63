/**
 * Files that another program holds for a moment: a renderer that still writes, a virus scanner, an indexer, a viewer.
 * On Windows whoever opens a file may keep others from opening, renaming or replacing it; elsewhere only a server of
 * Windows does that (CIFS), or a program that runs (ETXTBSY). Waiting is the whole cure.
 */
import { rename } from 'node:fs/promises';
import { type Clock, systemClock } from './clock.js';
import { errnoOf } from './errors.js';

/** A sharing or lock violation is EBUSY in libuv; a file that is being deleted or held without sharing denies access. */
const HELD = ['EBUSY', 'ETXTBSY'];
const HELD_ON_WINDOWS = [...HELD, 'EPERM', 'EACCES'];

/** Whether the error says that somebody else holds the file. Windows does not tell that from a lack of rights. */
export function isHeld(error: unknown, platform: NodeJS.Platform = process.platform): boolean {
  const code = errnoOf(error);
  return code !== undefined && (platform === 'win32' ? HELD_ON_WINDOWS : HELD).includes(code);
}

export interface Patience {
  /** Milliseconds after which the last error stands; default: 60 s, as graceful-fs waits for a virus scanner. */
  readonly ms?: number;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly platform?: NodeJS.Platform;
}

/** Milliseconds between two tries: the first, and the longest. */
const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 1000;

/** Repeats what fails because a file is held. @throws whatever else it fails of, and the last error. */
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

/** As `rename` of node:fs, also where the old file is held for a moment. */
export function renameOver(from: string, to: string): Promise<void> {
  return untilFree(() => rename(from, to));
}
