/** A small file system for the homes of a host, so that "no space left on device" is the kernel's own word. */
import { rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { execute, must } from './execute.js';

export class HomeVolume {
  private readonly folder: string;

  constructor(
    disk: string,
    private readonly bytes: number,
  ) {
    this.folder = homesOf(disk);
  }

  /** Takes the file system of a disk away, if it has one. */
  static async unmount(disk: string): Promise<void> {
    await execute(['umount', '--lazy', homesOf(disk)]);
  }

  /** In this machine's own mounts, because it must outlive the host's: a reboot keeps the disk. */
  async mount(): Promise<void> {
    await must(['mount', '-t', 'tmpfs', '-o', `size=${this.bytes},mode=755`, 'tmpfs', this.folder]);
  }

  /** Leaves so many bytes free. */
  async fill(leaveBytes: number): Promise<void> {
    await this.free();
    const { bavail, bsize } = await statfs(this.folder);
    const bytes = bavail * bsize - leaveBytes;
    if (bytes > 0) await must(['fallocate', '--length', String(bytes), this.filler]);
  }

  async free(): Promise<void> {
    await rm(this.filler, { force: true });
  }

  private get filler(): string {
    return path.join(this.folder, '.filler');
  }
}

function homesOf(disk: string): string {
  return path.join(disk, 'home');
}
