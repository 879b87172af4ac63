/** Waits for a file to grow: the sign that a run without a daemon is alive. */
import { statSync, watch } from 'node:fs';
import type { Clock } from '../clock.js';

/** Bytes; 0 when there is no such file. */
export function fileSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Resolves with the size of an existing file, in bytes, once it is more than `size` or `ms` milliseconds have passed. */
export async function grownBeyond(size: number, file: string, clock: Clock, ms: number): Promise<number> {
  await new Promise<void>((resolve) => {
    const watcher = watch(file, () => look());
    const end = () => {
      cancel();
      watcher.close();
      resolve();
    };
    const cancel = clock.after(ms, end);
    const look = () => {
      if (fileSize(file) > size) end();
    };
    look(); // it may have grown before the watch began
  });
  return fileSize(file);
}
