/** All disks of this machine, each behind its gate; and the disk of a path, found step by step through its links. */
import { lstat, readlink, realpath, statfs } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, systemClock } from '../clock.js';
import { Disk } from './disk.js';
import { MountTable } from './mounts.js';

/** Threads of libuv's pool; the daemon's starter asks for more (start.cts). */
const POOL = Number(process.env.UV_THREADPOOL_SIZE ?? 4);
/** Threads that may ask one disk at a time: with a small pool two dead disks must not take all. */
const MOST = POOL >= 16 ? 4 : 1;
/** Milliseconds for which the disk of a folder is remembered; opening a file checks it again. */
const FRESH_MS = 5000;
/** Milliseconds that the end of the process may wait for a disk. */
const CLOSING_MS = 3000;
const MOST_REMEMBERED = 2000;
/** Links in one path, as Linux counts them (path_resolution(7)). */
const MOST_LINKS = 40;

/** A folder without links in its path, and the disk that it is on. */
export interface Whereabouts {
  readonly real: string;
  readonly disk: Disk;
}

export type MountOf = (file: string) => { readonly point: string; readonly type?: string };

export interface DisksOptions {
  readonly clock?: Clock;
  /** The mount that an absolute path without links lies on; default: the table of the system. */
  readonly mountOf?: MountOf;
  /** Threads that may ask one disk at a time. */
  readonly most?: number;
}

export class Disks {
  private readonly clock: Clock;
  private readonly mountOf: MountOf;
  private readonly most: number;
  private readonly byPoint = new Map<string, Disk>();
  private readonly known = new Map<string, Whereabouts & { readonly until: number }>();
  private readonly listeners = new Set<(point: string) => void>();

  constructor({ clock = systemClock, mountOf, most = MOST }: DisksOptions = {}) {
    const table = new MountTable(clock);
    this.clock = clock;
    this.mountOf = mountOf ?? ((file) => table.mountOf(file));
    this.most = most;
  }

  /** The folder's real path and its disk. @throws CosmosError disk_silent; the system error of a missing folder */
  async whereabouts(folder: string, links = 0): Promise<Whereabouts> {
    const absolute = path.resolve(folder);
    const before = this.known.get(absolute);
    if (before !== undefined && before.until > this.clock.monotonic()) return before;
    const found = await this.find(absolute, links);
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(absolute, { ...found, until: this.clock.monotonic() + FRESH_MS });
    return found;
  }

  /** The kind of file system at a path without links; empty where that is not known. */
  typeAt(real: string): string {
    return this.mountOf(real).type ?? '';
  }

  /**
   * One system call on what `file` names, counted to the disk of its folder; the last name must not be a link that the
   * call follows.
   * @throws CosmosError disk_silent; whatever the operation throws
   */
  async run<T>(file: string, operation: (real: string) => Promise<T>, ms?: number): Promise<T> {
    const { real, disk } = await this.whereabouts(path.dirname(path.resolve(file)));
    const at = path.join(real, path.basename(file));
    return this.own(at, disk).run(() => operation(at), ms);
  }

  /** Work of another process with `file`; as {@link run}. */
  async during<T>(file: string, operation: () => Promise<T>): Promise<T> {
    const { real, disk } = await this.whereabouts(path.dirname(path.resolve(file)));
    return this.own(path.join(real, path.basename(file)), disk).during(operation);
  }

  /** Calls back with where it is mounted when a disk fell silent or is back. */
  onChange(listener: (point: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Threads that wait for disks now: with any of them the process cannot end by itself. */
  get held(): number {
    return [...this.byPoint.values()].reduce((sum, { held }) => sum + held, 0);
  }

  /** Before the process ends: requests that wait for a disk get a few seconds, then fail with disk_silent. */
  close(): void {
    for (const disk of this.byPoint.values()) disk.close(CLOSING_MS);
  }

  private async find(absolute: string, links: number): Promise<Whereabouts> {
    const above = path.dirname(absolute);
    if (above === absolute) return { real: absolute, disk: this.diskAt(absolute) };
    if (process.platform === 'win32') return this.findOnWindows(absolute);
    const { real: parent } = await this.whereabouts(above, links);
    const at = path.join(parent, path.basename(absolute));
    const disk = this.diskAt(at);
    const stats = await disk.run(() => lstat(at));
    if (!stats.isSymbolicLink()) return { real: at, disk };
    if (links >= MOST_LINKS) throw tooManyLinks(absolute);
    return this.whereabouts(path.resolve(parent, await disk.run(() => readlink(at))), links + 1);
  }

  /** On Windows links of folders are rare and stay on one machine; the letter of a mapped drive becomes its share. */
  private async findOnWindows(absolute: string): Promise<Whereabouts> {
    const real = await this.diskAt(absolute).run(() => realpath(absolute));
    return { real, disk: this.diskAt(real) };
  }

  /** The disk of a name in a folder: the name may be where another disk is mounted. */
  private own(at: string, ofFolder: Disk): Disk {
    return process.platform === 'win32' ? ofFolder : this.diskAt(at);
  }

  private diskAt(real: string): Disk {
    const { point } = this.mountOf(real);
    const known = this.byPoint.get(point);
    if (known !== undefined) return known;
    const changed = () => {
      for (const listener of this.listeners) listener(point);
    };
    const disk = new Disk({ point, most: this.most, clock: this.clock, look: () => statfs(point), changed });
    this.byPoint.set(point, disk);
    return disk;
  }
}

function tooManyLinks(file: string): Error {
  return Object.assign(new Error(`ELOOP: too many links, ${file}`), { code: 'ELOOP' });
}

/** The only instance, because the process has one pool of threads. */
export const disks = new Disks();
