/**
 * File system events of one watched folder, through chokidar. Only folders are watched, so ten thousand frames cost
 * nothing; each event says which folder to list. Events are hints; only the listing counts.
 */
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { coerceError } from '../errors.js';

export interface FolderListener {
  /** Something called `name` (null = the system does not say) appeared, changed or went away in `folder`. */
  changed(folder: string, name: string | null): void;
  /** A new folder. Events inside it begin a moment after this call. */
  folderAdded(folder: string): void;
  failed(error: Error): void;
  /** Events came too fast, so watching has stopped. */
  flooded(): void;
}

/** So many events in so many milliseconds are too fast. A copy of small files makes some thousands a second. */
const FLOOD = 4000;
const FLOOD_MS = 1000;

/** Details that chokidar adds to a raw event of a folder. */
function folderOf(details: unknown): string | null {
  if (typeof details !== 'object' || details === null || !('watchedPath' in details)) return null;
  return typeof details.watchedPath === 'string' ? details.watchedPath : null;
}

export class FolderEvents {
  private readonly watcher: FSWatcher;
  private counted = 0;
  /** Milliseconds. */
  private countedFrom = 0;
  /** Resolves once every folder that is there now is being watched. */
  readonly ready: Promise<void>;

  /**
   * @param root as the user names it.
   * @param realRoot with links resolved, because chokidar does not follow links here.
   */
  constructor(
    private readonly root: string,
    private readonly realRoot: string,
    depth: number,
    listener: FolderListener,
  ) {
    this.watcher = watch(realRoot, {
      depth,
      ignored: (_, stats) => stats !== undefined && !stats.isDirectory(),
      ignoreInitial: true,
      followSymlinks: false,
      ignorePermissionErrors: true,
      atomic: false,
    });
    this.ready = new Promise((resolve) => this.watcher.once('ready', resolve));
    this.watcher.on('raw', (_, name: string | null, details) => {
      if (this.isFlood()) return listener.flooded();
      const folder = folderOf(details);
      if (folder !== null) listener.changed(this.named(folder), name === null ? null : path.basename(name));
    });
    this.watcher.on('addDir', (folder) => listener.folderAdded(this.named(folder)));
    this.watcher.on('unlinkDir', (folder) => listener.changed(this.named(path.dirname(folder)), path.basename(folder)));
    this.watcher.on('error', (error) => listener.failed(coerceError(error)));
  }

  async close(): Promise<void> {
    await this.watcher.close();
  }

  /**
   * On Linux libuv reads events until there are none (uv__inotify_read). Events that come faster than they are handled
   * would block the whole process, so watching must stop here.
   */
  private isFlood(): boolean {
    const now = performance.now();
    if (now - this.countedFrom > FLOOD_MS) {
      this.countedFrom = now;
      this.counted = 0;
    }
    this.counted += 1;
    if (this.counted < FLOOD) return false;
    if (this.counted === FLOOD) void this.close();
    return true;
  }

  private named(real: string): string {
    return path.join(this.root, path.relative(this.realRoot, real));
  }
}
