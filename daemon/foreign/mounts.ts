/** Which disk a path is on, without touching the disk: by the table of mounts, the drive letter or the share. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../clock.js';
import { linuxMounts, type Mount, mountOf, readMacMounts } from '../network-mount.js';
import { Refusal } from './refusal.js';

/** Milliseconds for which the table is reused. */
const FRESH_MS = 2000;

/** The mounts of this machine as they were a moment ago. */
export class MountTable {
  private mounts: readonly Mount[] = [];
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly clock: Clock) {}

  /** @param file absolute path without links, of a file that need not be there */
  mountOf(file: string): Pick<Mount, 'point' | 'type'> {
    if (process.platform === 'win32') return { point: path.parse(path.resolve(file)).root, type: '' };
    this.refresh();
    return mountOf(file, this.mounts) ?? { point: '/', type: '' };
  }

  /** Linux: /proc/mounts, which needs no disk. macOS: a program prints the table, which the next call then uses. */
  private refresh(): void {
    const now = this.clock.monotonic();
    if (now - this.readAt < FRESH_MS) return;
    this.readAt = now;
    try {
      if (process.platform === 'linux') this.mounts = linuxMounts(readFileSync('/proc/mounts', 'utf8'));
    } catch {
      // Unknown: all paths count as one disk.
    }
    if (process.platform !== 'darwin') return;
    void readMacMounts().then(
      (mounts) => {
        this.mounts = mounts;
      },
      () => {},
    );
  }
}

/** File systems of the kernel itself: their entries look like files but are not, and reading one may never end. */
const KERNEL = new Set([
  ...['proc', 'sysfs', 'devpts', 'devtmpfs', 'cgroup', 'cgroup2', 'debugfs', 'tracefs', 'securityfs', 'configfs'],
  ...['pstore', 'bpf', 'fusectl', 'mqueue', 'binfmt_misc', 'efivarfs', 'selinuxfs', 'smackfs', 'rpc_pipefs', 'nsfs'],
  ...['devfs', 'fdescfs', 'linprocfs'],
]);

/** @param type of the file system, as the table of mounts names it @throws Refusal */
export function requireOfDisk(file: string, type: string): void {
  if (KERNEL.has(type)) throw new Refusal(file, 'this is a file of the system itself', 'name a file on a disk');
}
