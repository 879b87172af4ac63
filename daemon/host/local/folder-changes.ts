/** "Something in this folder may have changed": events where the system gives them, a slow poll under all of it. */
import { type FSWatcher, watch } from 'node:fs';
import type { Clock } from '../../clock.js';

/** File systems without events (network mounts, exhausted inotify watches) are seen this late, in milliseconds. */
const POLL_MS = 250;

export class FolderChanges {
  private changed = false;
  private wake: (() => void) | undefined;
  private readonly watcher: FSWatcher | undefined;

  constructor(
    folder: string,
    private readonly clock: Clock,
  ) {
    try {
      this.watcher = watch(folder, { persistent: false }, () => this.note());
      this.watcher.on('error', () => this.close()); // for example, the folder was deleted: the poll notices it
    } catch {
      // The system gives no watch: only the poll finds changes.
    }
  }

  /** Resolves after the next change, at once when there was one since the last call. @throws when `signal` aborts. */
  async next(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.changed) await this.woken(signal);
    this.changed = false;
    signal.throwIfAborted();
  }

  close(): void {
    this.watcher?.close();
  }

  private note(): void {
    this.changed = true;
    this.wake?.();
  }

  private woken(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        forget();
        signal.removeEventListener('abort', finish);
        this.wake = undefined;
        resolve();
      };
      const forget = this.clock.after(POLL_MS, finish);
      signal.addEventListener('abort', finish, { once: true });
      this.wake = finish;
    });
  }
}
