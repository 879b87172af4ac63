/**
 * File system events of one watched folder, through chokidar. Folders alone are watched: ten thousand frames cost
 * nothing, and every event inside a folder says in which one to look. Events are hints; the listing is the truth.
 */
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { coerceError } from '../errors.js';

export interface FolderListener {
  /** Something called `name` (null = the system does not say) appeared, changed or went away in `folder`. */
  changed(folder: string, name: string | null): void;
  /** A new folder; it is watched a moment later than it is told. */
  folderAdded(folder: string): void;
  failed(error: Error): void;
}

/** What chokidar adds to a raw event of a folder. */
function folderOf(details: unknown): string | null {
  if (typeof details !== 'object' || details === null || !('watchedPath' in details)) return null;
  return typeof details.watchedPath === 'string' ? details.watchedPath : null;
}

export class FolderEvents {
  private readonly watcher: FSWatcher;
  /** Resolves once every folder that is there now is being watched. */
  readonly ready: Promise<void>;

  /** `root` as the user names it; `realRoot` with links resolved, because chokidar is told not to follow any. */
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

  private named(real: string): string {
    return path.join(this.root, path.relative(this.realRoot, real));
  }
}
