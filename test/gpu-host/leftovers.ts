/** What a killed test could not clean up. Its processes and mounts died with it; its folder and control groups did not. */
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { removeCgroups } from './cgroups.js';
import { DISK_PREFIX } from './disk.js';
import { HomeVolume } from './home-volume.js';

/** Removes the hosts whose process is no more. */
export async function sweepLeftovers(): Promise<void> {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(DISK_PREFIX) && !isAlive(ownerOf(name)));
  for (const name of names) {
    const folder = path.join(tmpdir(), name);
    await HomeVolume.unmount(folder);
    await removeCgroups(name);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function ownerOf(name: string): number {
  return Number.parseInt(name.slice(DISK_PREFIX.length), 10);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // as root: there is no such process
  }
}
